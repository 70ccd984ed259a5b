namespace Ferry.Debian.Prefixes;

/// <summary>Where a file of a package lies in the prefix. Pure text: no file system.</summary>
/// <remarks>Debian has merged /bin, /lib and /sbin into /usr, so both spellings mean one place.</remarks>
internal sealed class PathMapping(PrefixSpecification specification)
{
    private readonly PathPattern[] _include = Patterns(specification.Include);
    private readonly PathPattern[] _exclude = Patterns(specification.Exclude);
    private readonly PathPattern[] _keep = Patterns(specification.Keep);

    /// <summary>The path in the prefix of a path of the package, whether it is taken or not.</summary>
    /// <exception cref="DebianException">The path leaves the root.</exception>
    public string Map(string packagePath)
    {
        var path = Normalise(packagePath);
        if (path == "usr")
            return "";
        if (path.StartsWith("usr/", StringComparison.Ordinal))
            path = path["usr/".Length..];

        foreach (var move in specification.Moves)
        {
            if (path == move.From)
                return move.To;
            if (path.StartsWith(move.From + '/', StringComparison.Ordinal))
                return (move.To + path[move.From.Length..]).TrimStart('/');
        }

        return path;
    }

    /// <summary>Whether a file at this path of the prefix is wanted.</summary>
    public bool Takes(string path)
    {
        if (Array.Exists(_keep, pattern => pattern.Matches(path)))
            return true;
        if (_include.Length > 0 && !Array.Exists(_include, pattern => pattern.Matches(path)))
            return false;
        return !Array.Exists(_exclude, pattern => pattern.Matches(path));
    }

    /// <summary>The path in the prefix that a symbolic link of the package means.</summary>
    /// <param name="packagePath">Of the link itself.</param>
    /// <param name="target">The text of the link.</param>
    public string MapLinkTarget(string packagePath, string target)
    {
        if (target.StartsWith('/'))
            return Map(target);
        var link = Normalise(packagePath);
        // Before the merge a relative link counted from /lib, after it from /usr/lib: both climb to the same root.
        var directory = link.Contains('/', StringComparison.Ordinal)
            ? link[..link.LastIndexOf('/')]
            : "";
        return Map(Collapse($"{directory}/{target}"));
    }

    /// <summary>The text of a relative link at one path of the prefix that leads to another.</summary>
    public static string RelativeLink(string link, string target)
    {
        var from = link.Split('/')[..^1];
        var to = target.Split('/');
        var common = 0;
        while (common < from.Length && common < to.Length - 1 && from[common] == to[common])
            common++;
        return string.Join('/', Enumerable.Repeat("..", from.Length - common).Concat(to[common..]));
    }

    private static PathPattern[] Patterns(IReadOnlyList<string> texts) =>
        [.. texts.Select(text => new PathPattern(text))];

    private static string Normalise(string packagePath)
    {
        var parts = packagePath.Split('/').Where(part => part is not ("" or ".")).ToArray();
        return Array.Exists(parts, part => part == "..")
            ? throw new DebianException($"the package has a path that climbs: '{packagePath}'")
            : string.Join('/', parts);
    }

    // As the kernel does, ".." at the root stays there.
    private static string Collapse(string path)
    {
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

        return string.Join('/', parts);
    }
}
