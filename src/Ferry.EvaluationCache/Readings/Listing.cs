using System.Text;
using Ferry.Evaluation.Ports;
using Ferry.Formats.Hashing;

namespace Ferry.EvaluationCache.Readings;

/// <summary>Directories as evaluation sees them.</summary>
public static class Listing
{
    /// <summary>Equal only for equal entries, in whatever order they come.</summary>
    public static Hash HashOf(IEnumerable<SourceDirectoryEntry> entries)
    {
        var text = new StringBuilder();
        foreach (var entry in entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
            // No name has a NUL.
            text.Append(entry.Name).Append('\0').Append((char)('0' + entry.Kind));
        return Hash.Compute(HashKind.Sha256, Encoding.UTF8.GetBytes(text.ToString()));
    }
}
