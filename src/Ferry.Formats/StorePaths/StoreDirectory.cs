namespace Ferry.Formats.StorePaths;

/// <summary>The logical store directory: the prefix of every store path, and part of what is hashed into them.</summary>
/// <remarks>It need not be where the files lie; a store in a home directory still has <c>/nix/store</c> here.</remarks>
public sealed record StoreDirectory
{
    public static readonly StoreDirectory Default = new("/nix/store");

    /// <exception cref="BadFormatException">The path is not absolute and canonical.</exception>
    public StoreDirectory(string path)
    {
        if (path.Length < 2 || path[0] != '/' || Canonical(path) != path)
            throw new BadFormatException(
                $"store directory '{path}' must be an absolute path without '.', '..' or double slashes"
            );
        Path = path;
    }

    /// <summary>Absolute, without a slash at the end.</summary>
    public string Path { get; }

    /// <summary>The whole path as text, <c>/nix/store/DIGEST-NAME</c>.</summary>
    public string Format(StorePath path) => string.Concat(Path, "/", path.ToString());

    /// <summary>Parses a whole path that names a store object itself, not a file below one.</summary>
    /// <exception cref="BadFormatException">The path is elsewhere, or breaks a rule of store paths.</exception>
    public StorePath Parse(string text)
    {
        var canonical = text.StartsWith('/') ? Canonical(text) : text;
        var slash = canonical.LastIndexOf('/');
        if (slash < 0 || canonical[..slash] != Path)
            throw new BadFormatException($"path '{canonical}' is not in the Nix store");
        return StorePath.Parse(canonical[(slash + 1)..]);
    }

    /// <returns>Null when the text does not name a store object itself.</returns>
    public StorePath? TryParse(string text)
    {
        var canonical = text.StartsWith('/') ? Canonical(text) : text;
        return canonical.LastIndexOf('/') is > 0 and var slash && canonical[..slash] == Path
            ? StorePath.TryParse(canonical[(slash + 1)..])
            : null;
    }

    /// <summary>True for the store directory's children and everything below them.</summary>
    public bool Contains(string path) =>
        path.Length > Path.Length + 1
        && path[Path.Length] == '/'
        && path.StartsWith(Path, StringComparison.Ordinal);

    /// <summary>Splits a path at or below a store object into the object and the rest, which is empty or begins with '/'.</summary>
    /// <exception cref="BadFormatException">The path is not in the store, or breaks a rule of store paths.</exception>
    public (StorePath Path, string Below) Split(string text)
    {
        var canonical = text.StartsWith('/') ? Canonical(text) : text;
        if (!Contains(canonical))
            throw new BadFormatException($"path '{canonical}' is not in the Nix store");
        var slash = canonical.IndexOf('/', Path.Length + 1);
        return slash < 0
            ? (StorePath.Parse(canonical[(Path.Length + 1)..]), "")
            : (StorePath.Parse(canonical[(Path.Length + 1)..slash]), canonical[slash..]);
    }

    public override string ToString() => Path;

    // Without '.', '..', and double or trailing slashes, by text alone: symbolic links are not looked at.
    private static string Canonical(string path)
    {
        if (
            !path.Contains("//", StringComparison.Ordinal)
            && !path.Contains("/.", StringComparison.Ordinal)
            && !path.EndsWith('/')
        )
            return path;
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
        }
        return "/" + string.Join('/', parts);
    }
}
