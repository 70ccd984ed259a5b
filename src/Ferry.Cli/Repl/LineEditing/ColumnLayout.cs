using System.Text;

namespace Ferry.Cli.Repl.LineEditing;

/// <summary>Words in columns, read downwards, in as few lines as they fit into.</summary>
internal static class ColumnLayout
{
    private const int Gap = 2;

    /// <param name="words">In order.</param>
    /// <param name="width">Characters in a line.</param>
    /// <returns>Lines, each with its end.</returns>
    public static string Format(IReadOnlyList<string> words, int width)
    {
        if (words.Count == 0)
            return "";
        var cell = words.Max(word => word.Length) + Gap;
        var columns = Math.Max(1, width / cell);
        var rows = (words.Count + columns - 1) / columns;
        var text = new StringBuilder();
        for (var row = 0; row < rows; row++)
        {
            var line = new StringBuilder();
            for (var index = row; index < words.Count; index += rows)
                line.Append(words[index].PadRight(cell));
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
