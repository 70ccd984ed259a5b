using System.Text;

namespace Ferry.Syntax.Diagnostics;

/// <summary>Finds the names that a misspelt one may have meant.</summary>
public static class NearNames
{
    private const int CountMax = 5;
    private const int DistanceMax = 2;

    /// <returns>At most five names at most two edits away, nearest first, then in the order of their bytes.</returns>
    public static IReadOnlyList<string> Find(string query, IEnumerable<string> candidates)
    {
        var wanted = Encoding.UTF8.GetBytes(query);
        return
        [
            .. candidates
                .Distinct(StringComparer.Ordinal)
                .Select(name =>
                    (Name: name, Distance: Distance(wanted, Encoding.UTF8.GetBytes(name)))
                )
                .Where(near => near.Distance <= DistanceMax)
                .OrderBy(near => near.Distance)
                .ThenBy(near => near.Name, StringComparer.Ordinal)
                .Take(CountMax)
                .Select(near => near.Name),
        ];
    }

    /// <returns><c>a</c>, <c>one of a or b</c>, <c>one of a, b or c</c>, coloured.</returns>
    public static string Join(IReadOnlyList<string> names) =>
        JoinPlain([.. names.Select(TerminalColor.Highlight)]);

    /// <inheritdoc cref="Join"/>
    /// <remarks>Without colours.</remarks>
    public static string JoinPlain(IReadOnlyList<string> names) =>
        names is [var only]
            ? only
            : $"one of {string.Join(", ", names.SkipLast(1))} or {names[^1]}";

    // Levenshtein's, over bytes, with two rows.
    private static int Distance(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        if (Math.Abs(from.Length - to.Length) > DistanceMax)
            return int.MaxValue;

        var previous = Enumerable.Range(0, to.Length + 1).ToArray();
        var current = new int[to.Length + 1];
        for (var row = 0; row < from.Length; row++)
        {
            current[0] = row + 1;
            for (var column = 0; column < to.Length; column++)
            {
                var replaced = previous[column] + (from[row] == to[column] ? 0 : 1);
                var shifted = Math.Min(previous[column + 1], current[column]) + 1;
                current[column + 1] = Math.Min(replaced, shifted);
            }

            (previous, current) = (current, previous);
        }

        return previous[to.Length];
    }
}
