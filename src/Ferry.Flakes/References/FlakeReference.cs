namespace Ferry.Flakes.References;

/// <summary>Where a flake comes from, before anything is fetched.</summary>
public abstract record FlakeReference
{
    private FlakeReference() { }

    /// <summary>The embedded package set.</summary>
    public sealed record PackageSet : FlakeReference
    {
        public const string Id = "packages";

        public override string ToString() => Id;
    }

    /// <summary>A folder, taken as it is.</summary>
    /// <param name="Path">Absolute.</param>
    public sealed record Folder(string Path) : FlakeReference
    {
        public override string ToString() => "path:" + Path;
    }

    /// <summary>
    /// Parses the text before <c>#</c>: <c>packages</c>, <c>path:DIR</c>, or a folder written as a path.
    /// </summary>
    /// <param name="text">As typed; empty means the working directory.</param>
    /// <param name="workingDirectory">Absolute; relative paths start there.</param>
    /// <exception cref="FlakeException">The form is unknown, or its fetcher is not there yet.</exception>
    public static FlakeReference Parse(string text, string workingDirectory)
    {
        if (text is PackageSet.Id or "flake:" + PackageSet.Id)
            return new PackageSet();
        if (text.StartsWith("path:", StringComparison.Ordinal))
            return FolderAt(text["path:".Length..], text, workingDirectory);
        if (text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
            throw FlakeException.NoFetcher(text, text[..colon]);
        if (text.Length == 0 || text[0] is '.' or '/')
            return LocalTree(text, workingDirectory);

        throw FlakeException.UnknownFlake(text);
    }

    // Stock takes a folder inside a git repository as git sees it, which is another tree than the folder.
    private static FlakeReference LocalTree(string text, string workingDirectory)
    {
        var folder = System.IO.Path.GetFullPath(text, workingDirectory).TrimEnd('/');
        for (var at = folder; at is not null; at = System.IO.Path.GetDirectoryName(at))
        {
            if (System.IO.Path.Exists(System.IO.Path.Combine(at, ".git")))
                throw FlakeException.GitFolder(folder);
            if (System.IO.Path.Exists(System.IO.Path.Combine(at, "flake.nix")))
                return FolderAt(at, text, workingDirectory);
        }

        return FolderAt(folder, text, workingDirectory);
    }

    private static Folder FolderAt(string path, string text, string workingDirectory)
    {
        if (path.IndexOf('?', StringComparison.Ordinal) is >= 0)
            throw FlakeException.NoParameters(text);
        var folder = System.IO.Path.GetFullPath(path, workingDirectory);
        return Directory.Exists(folder) ? new(folder) : throw FlakeException.NoFolder(folder);
    }
}
