namespace Ferry.Cli.Manual;

/// <summary>Writes all pages where <c>man</c> looks for them.</summary>
internal static class ManualFiles
{
    // Whoever knows the program as stock's asks for that.
    private const string StockName = "nix";

    /// <param name="pages">What is written.</param>
    /// <param name="folder">Such as <c>/usr/local/share/man</c>; gets folders <c>man1</c>, <c>man5</c> and <c>man7</c>.</param>
    public static void Write(ManualPages pages, string folder)
    {
        foreach (var page in pages.All())
            File.WriteAllText(Place(folder, page.ManName, page.Section), ManualViewer.Roff(page));
        File.WriteAllText(Place(folder, StockName, 1), $".so man1/{Concept.Overview}.1\n");
    }

    private static string Place(string folder, string name, int section) =>
        Path.Combine(
            Directory.CreateDirectory(Path.Combine(folder, $"man{section}")).FullName,
            $"{name}.{section}"
        );
}
