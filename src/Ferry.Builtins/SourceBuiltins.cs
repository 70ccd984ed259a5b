using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Values;
using Ferry.Formats;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;
using Ferry.Syntax.Text;

namespace Ferry.Builtins;

/// <summary>Builtins that put files into the store, and read them.</summary>
internal static class SourceBuiltins
{
    public static Builtin[] Table { get; } =
    [
        new(
            "filterSource",
            ["e1", "e2"],
            "Copies a file tree to the store without the files that a function refuses.",
            FilterSource
        ),
        new(
            "path",
            ["args"],
            "Copies a file tree to the store under a name of one's choice, filtered and checked if asked.",
            AddPath
        ),
        new("readFile", ["path"], "Returns the content of a file.", ReadFile),
        new("toFile", ["name", "s"], "Writes a string to a file in the store.", ToFile),
    ];

    private sealed class Source
    {
        public string? Path { get; set; }

        public string Name { get; set; } = "";

        public Value? Filter { get; set; }

        public ContentAddressMethod Method { get; set; } = ContentAddressMethod.Recursive;

        public Hash? ExpectedHash { get; set; }

        public StringContext Context { get; set; } = StringContext.Empty;
    }

    private static Value FilterSource(in BuiltinCall call)
    {
        var context = StringContext.Empty;
        var path = call.CoerceToPath(
            call.Argument(1),
            ref context,
            "while evaluating the second argument (the path to filter) passed to 'builtins.filterSource'"
        );
        var filter = call.ForceFunction(0);
        return Add(
            call,
            new Source
            {
                Path = path,
                Name = BaseName(path),
                Filter = filter,
                Context = context,
            }
        );
    }

    private static Value AddPath(in BuiltinCall call)
    {
        var set = call.ForceAttributeSet(
            0,
            "while evaluating the argument passed to 'builtins.path'"
        );
        var source = new Source();
        for (var index = 0; index < set.Count; index++)
            ReadOption(call, source, set.SymbolAt(index), set[index], set.PositionAt(index));
        if (source.Path is null)
            throw BuiltinCall.Fail(
                "missing required 'path' attribute in the first argument to 'builtins.path'"
            );
        if (source.Name.Length == 0)
            source.Name = BaseName(source.Path);
        return Add(call, source);
    }

    private static void ReadOption(
        in BuiltinCall call,
        Source source,
        Symbol name,
        Value value,
        Position position
    )
    {
        switch (name.ToString())
        {
            case "path":
                var context = source.Context;
                source.Path = call.CoerceToPath(
                    value,
                    ref context,
                    "while evaluating the 'path' attribute passed to 'builtins.path'",
                    position
                );
                source.Context = context;
                break;
            case "name":
                source.Name = call.ForceStringWithoutContext(
                        value,
                        "while evaluating the `name` attribute passed to builtins.path",
                        position
                    )
                    .ToString();
                break;
            case "filter":
                source.Filter = BuiltinCall.ForceFunction(
                    value,
                    "while evaluating the `filter` parameter passed to builtins.path",
                    position
                );
                break;
            case "recursive":
                source.Method = BuiltinCall.ForceBool(
                    value,
                    "while evaluating the `recursive` attribute passed to builtins.path",
                    position
                )
                    ? ContentAddressMethod.Recursive
                    : ContentAddressMethod.Flat;
                break;
            case "sha256":
                var text = call.ForceStringWithoutContext(
                        value,
                        "while evaluating the `sha256` attribute passed to builtins.path",
                        position
                    )
                    .ToString();
                var evaluator = call.Evaluator;
                source.ExpectedHash = FormatErrors.Explain(() =>
                    HashTexts.ParseAllowingEmpty(evaluator, text, HashKind.Sha256)
                );
                break;
            default:
                throw EvaluationException.Failed(
                    $"unsupported argument '{name}' to 'builtins.path'",
                    position
                );
        }
    }

    private static Value Add(in BuiltinCall call, Source source)
    {
        try
        {
            var path = AddToStore(call.Evaluator, source);
            return Value.Of(
                StringValue.Create(
                    call.Store.Directory.Format(path),
                    StringContext.Of(ContextElement.Opaque(path))
                )
            );
        }
        catch (EvaluationException failure)
            when (failure.AddTrace(
                    Position.None,
                    $"while adding path '{call.Files.Show(source.Path!)}'"
                )
            )
        {
            throw;
        }
    }

    // With a hash given, a path that is in the store already is not even read.
    private static StorePath AddToStore(Evaluator evaluator, Source source)
    {
        var (store, path) = (evaluator.Store, source.Path!);
        IReadOnlyCollection<StorePath> references = [];
        if (!source.Context.IsEmpty && store.Directory.Contains(path))
        {
            ImportFromDerivation.Realise(evaluator, source.Context);
            references = ReferencesOf(store, path);
        }

        var expected = source.ExpectedHash is { } hash
            ? FormatErrors.Explain(() =>
                new StorePathFactory(store.Directory).FixedOutput(
                    source.Name,
                    new ContentAddress(source.Method, hash),
                    references
                )
            )
            : null;
        if (expected is not null && store.IsValid(expected))
            return expected;

        evaluator.SourceObserver?.NameSeen(path);
        var addition = new PathAddition(source.Name, evaluator.Files.ResolveLinks(path))
        {
            Method = source.Method,
            References = references,
            Filter = source.Filter is { } filter
                ? (entry, kind) => Accepts(filter, entry, kind)
                : null,
        };
        var added = FormatErrors.Explain(() => store.AddPath(addition));
        return expected is null || added == expected
            ? added
            : throw BuiltinCall.Fail(
                $"store path mismatch in (possibly filtered) path added from '{evaluator.Files.Show(path)}'"
            );
    }

    private static IReadOnlyCollection<StorePath> ReferencesOf(IEvaluationStore store, string path)
    {
        var (storePath, _) = FormatErrors.Explain(() => store.Directory.Split(path));
        return store.IsValid(storePath) ? store.References(storePath) : [];
    }

    private static bool Accepts(Value filter, string path, SourceFileKind kind) =>
        BuiltinCall.ForceBool(
            BuiltinCall.CallFunction(filter, Value.Of(path), PathBuiltins.TypeName(kind)),
            "while evaluating the return value of the path filter function"
        );

    private static Value ReadFile(in BuiltinCall call)
    {
        var path = FileAccess.Realise(call, 0);
        var bytes = call.Files.Read(path);
        if (Array.IndexOf(bytes, (byte)0) >= 0)
            throw BuiltinCall.Fail(
                $"the contents of the file '{call.Files.Show(path)}' cannot be represented as a Nix string"
            );
        return Value.Of(StringValue.Create(bytes, MentionedIn(call.Store, path, bytes)));
    }

    // A file in the store can mention only what its object refers to; the digests that really occur count.
    private static StringContext MentionedIn(
        IEvaluationStore store,
        string path,
        ReadOnlySpan<byte> bytes
    )
    {
        if (!store.Directory.Contains(path))
            return StringContext.Empty;
        var mentioned = new List<ContextElement>();
        foreach (var reference in ReferencesOf(store, path))
        {
            if (bytes.IndexOf(((ByteString)reference.Digest).Span) >= 0)
                mentioned.Add(ContextElement.Opaque(reference));
        }

        return StringContext.Of(mentioned);
    }

    private static Value ToFile(in BuiltinCall call)
    {
        var name = call.ForceStringWithoutContext(0).ToString();
        var contents = call.ForceString(1);
        var references = new List<StorePath>();
        foreach (var element in contents.Context.Elements)
        {
            if (element.Kind != ContextElementKind.Opaque)
                throw BuiltinCall.Fail(
                    $"files created by {"builtins.toFile"} may not reference derivations, but {name} references {element}"
                );
            references.Add(element.Path);
        }

        var (store, text) = (call.Store, new ByteString(contents.Bytes));
        var path = FormatErrors.Explain(() => store.AddText(name, text, references));
        return Value.Of(
            StringValue.Create(
                store.Directory.Format(path),
                StringContext.Of(ContextElement.Opaque(path))
            )
        );
    }

    private static string BaseName(string path) => path[(path.LastIndexOf('/') + 1)..];
}
