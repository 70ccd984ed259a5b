using System.Text;

namespace Ferry.Evaluation.Errors;

/// <summary>Finds names near to a misspelt one.</summary>
/// <remarks>Source: stock's <c>Suggestions::bestMatches(…).trim()</c>: at most five, at most two edits away.</remarks>
public static class Suggestions
{
    private const int CountMax = 5;
    private const int DistanceMax = 2;

    /// <returns>Best first; equally near ones in the order of their bytes.</returns>
    public static IReadOnlyList<string> BestMatches(
        IEnumerable<ReadOnlyMemory<byte>> names,
        ReadOnlySpan<byte> query
    )
    {
        var near = new List<(int Distance, string Name)>();
        foreach (var name in names)
        {
            if (Math.Abs(name.Length - query.Length) > DistanceMax)
                continue;
            var distance = Distance(query, name.Span);
            if (distance <= DistanceMax)
                near.Add((distance, Encoding.UTF8.GetString(name.Span)));
        }
        near.Sort(
            (left, right) =>
                left.Distance != right.Distance
                    ? left.Distance.CompareTo(right.Distance)
                    : string.CompareOrdinal(left.Name, right.Name)
        );
        return [.. near.Take(CountMax).Select(entry => entry.Name)];
    }

    // Levenshtein's distance with two rows.
    private static int Distance(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var previous = new int[second.Length + 1];
        var current = new int[second.Length + 1];
        for (var index = 0; index < previous.Length; index++)
            previous[index] = index;
        for (var row = 0; row < first.Length; row++)
        {
            current[0] = row + 1;
            for (var column = 0; column < second.Length; column++)
            {
                var replaced = previous[column] + (first[row] == second[column] ? 0 : 1);
                current[column + 1] = Math.Min(
                    replaced,
                    Math.Min(previous[column + 1], current[column]) + 1
                );
            }
            (previous, current) = (current, previous);
        }
        return previous[^1];
    }
}
