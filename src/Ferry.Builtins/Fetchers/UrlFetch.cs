using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.Builtins.Fetchers;

/// <summary><c>fetchurl</c> and <c>fetchTarball</c>.</summary>
internal static class UrlFetch
{
    /// <summary>What stock exits with when a hash is not the expected one.</summary>
    private const int HashMismatchStatus = 102;

    /// <summary>What a program asked for.</summary>
    private sealed class Request
    {
        public string? Url { get; set; }

        public Hash? Expected { get; set; }

        public string Name { get; set; } = "";

        public bool IsSet { get; set; }

        public bool HasName { get; set; }

        public bool Unpacks { get; init; }
    }

    public static Value FetchUrl(in BuiltinCall call) => Fetch(call, new Request());

    public static Value FetchTarball(in BuiltinCall call) =>
        Fetch(call, new Request { Name = "source", Unpacks = true });

    private static Value Fetch(in BuiltinCall call, Request request)
    {
        Read(call, request);
        var url = request.Unpacks ? PseudoUrl.Resolve(request.Url!) : request.Url!;
        UriAccess.Check(call.Evaluator, url);
        if (request.Name.Length == 0)
            request.Name = BaseName(url);
        CheckName(call, request, url);
        if (call.Settings.IsPure && request.Expected is null)
            throw BuiltinCall.Fail(
                $"in pure evaluation mode, '{call.Name}' requires a 'sha256' argument"
            );

        var path = FindValid(call, request) ?? Download(call, request, url);
        return Value.Of(
            StringValue.Create(
                call.Store.Directory.Format(path),
                StringContext.Of(ContextElement.Opaque(path))
            )
        );
    }

    private static void Read(in BuiltinCall call, Request request)
    {
        var argument = call.Force(0);
        if (!argument.IsAttributeSet)
        {
            request.Url = call.ForceStringWithoutContext(
                    argument,
                    "while evaluating the url we should fetch"
                )
                .ToString();
            return;
        }

        request.IsSet = true;
        var set = argument.AsAttributeSet;
        foreach (var index in set.NameOrder())
        {
            var (name, position) = (set.SymbolAt(index).ToString(), set.PositionAt(index));
            string Text(in BuiltinCall call, string because) =>
                call.ForceStringWithoutContext(set[index], because, position).ToString();
            switch (name)
            {
                case "url":
                    request.Url = Text(call, "while evaluating the url we should fetch");
                    break;
                case "sha256":
                    var text = Text(
                        call,
                        "while evaluating the sha256 of the content we should fetch"
                    );
                    var evaluator = call.Evaluator;
                    request.Expected = FormatErrors.Explain(() =>
                        HashTexts.ParseAllowingEmpty(evaluator, text, HashKind.Sha256)
                    );
                    break;
                case "name":
                    request.HasName = true;
                    request.Name = Text(
                        call,
                        "while evaluating the name of the content we should fetch"
                    );
                    break;
                default:
                    throw BuiltinCall.Fail($"unsupported argument '{name}' to '{call.Name}'");
            }
        }

        if (request.Url is null)
            throw BuiltinCall.Fail("'url' argument required");
    }

    // Stock explains how to give a name, in three ways.
    private static void CheckName(in BuiltinCall call, Request request, string url)
    {
        if (StorePathName.Check(request.Name) is not { } broken)
            return;
        var way =
            request.HasName
                ? $"Please change the value for the 'name' attribute passed to '{call.Name}', so that it can create a valid store path."
            : request.IsSet
                ? $"Please add a valid 'name' attribute to the argument for '{call.Name}', so that it can create a valid store path."
            : $"Please pass an attribute set with 'url' and 'name' attributes to '{call.Name}',  so that it can create a valid store path.";
        var hint = new Hint(0, 0);
        hint.AppendLiteral("invalid store path name when fetching URL '");
        hint.AppendFormatted(url);
        hint.AppendLiteral($"': {broken}. {way}");
        throw EvaluationException.Failed(hint);
    }

    // What has a hash and is there already is not even asked for.
    private static StorePath? FindValid(in BuiltinCall call, Request request)
    {
        if (request.Expected is not { } expected)
            return null;
        var (directory, name) = (call.Store.Directory, request.Name);
        var address = new ContentAddress(Method(request), expected);
        var path = FormatErrors.Explain(() =>
            new StorePathFactory(directory).FixedOutput(name, address)
        );
        if (!call.Store.IsValid(path))
            return null;
        call.Store.Allow(path);
        return path;
    }

    private static StorePath Download(in BuiltinCall call, Request request, string url)
    {
        var path = request.Unpacks
            ? call.Fetcher.DownloadArchive(url, request.Name)
            : call.Fetcher.DownloadFile(url, request.Name);
        if (request.Expected is not { } expected)
            return path;
        var found = call.Store.ContentHash(path);
        return found == expected
            ? path
            : throw BuiltinCall
                .Fail(
                    $"hash mismatch in file downloaded from '{url}':\n  specified: {expected.ToNix32WithKind()}\n  got:       {found.ToNix32WithKind()}"
                )
                .WithExitStatus(HashMismatchStatus);
    }

    private static ContentAddressMethod Method(Request request) =>
        request.Unpacks ? ContentAddressMethod.Recursive : ContentAddressMethod.Flat;

    private static string BaseName(string url)
    {
        var path = url.TrimEnd('/');
        return path[(path.LastIndexOf('/') + 1)..];
    }
}
