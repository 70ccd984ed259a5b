using Ferry.Formats;

namespace Ferry.Evaluation.Coercion;

/// <summary>Paths as text; nothing here looks at files.</summary>
public static class PathText
{
    /// <summary>Where the files of <c>&lt;nix/…></c> lie for a program; no real directory has this name.</summary>
    public const string CorePackages = "/__corepkgs__";

    /// <summary>As values are shown: files that come with the program by the name that a program has for them.</summary>
    public static ByteString Show(ReadOnlySpan<byte> path)
    {
        if (!path.StartsWith("/__corepkgs__"u8))
            return new ByteString(path);
        var below = path[CorePackages.Length..];
        return new ByteString([.. "<nix"u8, .. below.IsEmpty ? "/"u8 : below, (byte)'>']);
    }

    /// <summary>Without <c>.</c>, <c>..</c>, double and trailing slashes. The path must be absolute.</summary>
    public static string Canonicalize(string path)
    {
        if (
            path.Length == 1
            || (
                !path.Contains("//", StringComparison.Ordinal)
                && !path.Contains("/.", StringComparison.Ordinal)
                && !path.EndsWith('/')
            )
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

    /// <summary>A path relative to a directory, or an absolute one, made canonical.</summary>
    public static string Combine(string directory, string path) =>
        Canonicalize(path is ['/', ..] ? path : $"{directory}/{path}");

    /// <summary>The directory that a path lies in; <c>/</c> for the root itself.</summary>
    public static string DirectoryOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash <= 0 ? "/" : path[..slash];
    }
}
