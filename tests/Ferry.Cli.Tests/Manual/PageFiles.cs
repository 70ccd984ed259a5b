namespace Ferry.Cli.Tests.Manual;

/// <summary>The pages as they are written.</summary>
internal static class PageFiles
{
    private static readonly string s_folder = Path.Combine(
        FerryProgram.Root,
        "src/Ferry.Cli/Manual/Pages"
    );

    public static IEnumerable<string> Names =>
        Directory
            .EnumerateFiles(s_folder)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal);

    public static string Text(string name) =>
        File.ReadAllText(Path.Combine(s_folder, name + ".md"));

    /// <summary>Lines of the code under "Examples", up to the next section.</summary>
    public static IEnumerable<string> Examples(string name)
    {
        var isExamples = false;
        var isCode = false;
        foreach (var line in Text(name).Split('\n'))
        {
            if (!isCode && line.StartsWith("## ", StringComparison.Ordinal))
                isExamples = line == "## Examples";
            else if (line.StartsWith("```", StringComparison.Ordinal))
                isCode = !isCode;
            else if (isExamples && isCode && line.Length > 0)
                yield return line;
        }
    }
}
