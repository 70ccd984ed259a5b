using System.Globalization;
using Ferry.Fetching.FileTrees;
using Ferry.Fetching.Inputs;
using Ferry.Formats.Inputs;
using Ferry.Formats.Urls;

namespace Ferry.Fetching.Paths;

/// <summary><c>path:/folder</c>: a folder or file of this machine as it is.</summary>
internal sealed class PathScheme : InputScheme
{
    public override string Name => "path";

    public override IReadOnlySet<string> AllowedAttributes { get; } =
        new HashSet<string> { "path", "rev", "revCount", "lastModified", "narHash" };

    public override InputAttributes? TryParse(Url url, bool mustBeTree)
    {
        if (url.Scheme != Name)
            return null;
        if (url.Authority is { Host.Length: > 0 } authority)
            throw new FetchException(
                $"path URL '{url}' should not have an authority ('{authority}')"
            );
        var attributes = InputAttributes.Of(("type", Name), ("path", url.FilePath));
        foreach (var (name, value) in url.Query)
        {
            attributes = name switch
            {
                "rev" or "narHash" => attributes.With(name, value),
                "revCount" or "lastModified" => ulong.TryParse(
                    value,
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                    ? attributes.With(name, number)
                    : throw new FetchException($"path URL '{url}' has invalid parameter '{name}'"),
                _ => throw new FetchException(
                    $"path URL '{url}' has unsupported parameter '{name}'"
                ),
            };
        }

        return attributes;
    }

    public override InputAttributes Normalise(InputAttributes attributes)
    {
        _ = attributes.RequireText("path");
        return attributes;
    }

    public override Url ToUrl(FetchInput input)
    {
        var query = Url.NoQuery.ToBuilder();
        foreach (var (name, value) in input.Attributes)
        {
            if (name is not ("path" or "type" or FetchInput.FinalMark))
                query[name] = value.ToString();
        }

        return new Url
        {
            Scheme = Name,
            Path = Url.SplitFilePath(PathOf(input)),
            Query = query.ToImmutable(),
        };
    }

    public override bool IsLocked(FetchInput input, FetchSettings settings) =>
        input.Attributes.Contains("narHash");

    public override string? RelativePath(FetchInput input) =>
        PathOf(input).StartsWith('/') ? null : PathOf(input);

    public override string? SourceFolder(FetchInput input) => AbsolutePath(input);

    public override void Write(Fetcher fetcher, FetchInput input, SourceFile file) =>
        File.WriteAllText(Path.Combine(AbsolutePath(input), file.Path), file.Contents);

    public override FetchedTree Fetch(Fetcher fetcher, FetchInput input)
    {
        var path = AbsolutePath(input);
        var (paths, store) = (fetcher.Parts.Paths, fetcher.Parts.Store);
        var inStore = paths.Directory.TryParse(path);
        if (
            inStore is not null
            && store is not null
            && inStore.Name == "source"
            && store().QueryInfo(inStore) is { } info
        )
        {
            store().AddTemporaryRoot(inStore);
            var known = new DiskFileTree(store().RealPath(inStore));
            return new(WithTime(input, 0), known) { Fingerprint = info.NarHash.ToSri() };
        }

        if (inStore is not null && store is not null)
            path = store().RealPath(inStore);
        var tree = new DiskFileTree(path);
        if (tree.Kind("") is null)
            throw new FetchException($"path '{path}' does not exist");
        return new(WithTime(input, tree.NewestModification()), tree) { IsLive = true };
    }

    public override LiveTree? Look(Fetcher fetcher, FetchInput input)
    {
        var path = AbsolutePath(input);
        if (fetcher.Parts.Paths.Directory.Contains(path))
            return null;
        var tree = new DiskFileTree(path);
        return tree.Kind("") is null ? null : new(path, tree, () => fetcher.Fetch(input));
    }

    // What a person says of a folder's age is believed: nothing depends on it.
    private static FetchInput WithTime(FetchInput input, long seconds) =>
        input.LastModified is null ? input.With("lastModified", (ulong)seconds) : input;

    private static string PathOf(FetchInput input) => input.Attributes.RequireText("path");

    private static string AbsolutePath(FetchInput input)
    {
        var path = PathOf(input);
        if (!path.StartsWith('/'))
            throw new FetchException(
                $"cannot fetch input '{input}' because it uses a relative path"
            );
        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
    }
}
