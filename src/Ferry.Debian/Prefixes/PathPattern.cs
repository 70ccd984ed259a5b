namespace Ferry.Debian.Prefixes;

/// <summary>
/// A glob over paths of a prefix: <c>*</c> and <c>?</c> stay within a name, <c>**</c> crosses slashes.
/// </summary>
/// <remarks>There are no character classes. A pattern names files; <c>share/doc/**</c> names all below a
/// folder.</remarks>
public sealed class PathPattern(string text)
{
    public string Text { get; } = text;

    public bool Matches(string path) => Matches(Text, path);

    // Plain backtracking: patterns have few stars, so the exponential case does not occur.
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        while (!pattern.IsEmpty)
        {
            if (pattern[0] == '*')
                return MatchesStar(pattern, path);
            if (path.IsEmpty || (pattern[0] != path[0] && (pattern[0] != '?' || path[0] == '/')))
                return false;
            pattern = pattern[1..];
            path = path[1..];
        }

        return path.IsEmpty;
    }

    private static bool MatchesStar(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        var crossesSlashes = pattern.StartsWith("**");
        var rest = pattern.TrimStart('*');
        for (var skip = 0; skip <= path.Length; skip++)
        {
            if (Matches(rest, path[skip..]))
                return true;
            if (skip < path.Length && path[skip] == '/' && !crossesSlashes)
                return false;
        }

        return false;
    }
}
