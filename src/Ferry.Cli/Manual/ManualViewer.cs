using System.Text;
using Ferry.Cli.Manual.Rendering;
using Ferry.Cli.Progress;

namespace Ferry.Cli.Manual;

/// <summary>Lays pages out for where standard output leads.</summary>
internal static class ManualViewer
{
    private const int ColumnsOfFiles = 80;

    public static void Show(ManualPage page, ProcessEnvironment environment)
    {
        var renderer = new TerminalRenderer(Columns(), UsesStyles(environment));
        renderer.Render(page);
        Pager.Show(renderer.ToString(), environment);
    }

    /// <summary>Lists under a first line, and a last line.</summary>
    public static void Show(
        string first,
        IEnumerable<TermList> lists,
        string last,
        ProcessEnvironment environment
    )
    {
        var renderer = new TerminalRenderer(Columns(), UsesStyles(environment));
        foreach (var list in lists)
            renderer.Terms(list);
        var text = new StringBuilder().Append(first).Append("\n\n").Append(renderer);
        text.Append('\n').Append(last).Append('\n');
        Pager.Show(text.ToString(), environment);
    }

    public static string Roff(ManualPage page)
    {
        var renderer = new RoffRenderer($"Ferry {Versions.Ferry}", ManualPages.FindManPage);
        renderer.Render(page);
        return renderer.ToString();
    }

    private static int Columns() =>
        Console.IsOutputRedirected
            ? ColumnsOfFiles
            : Math.Min(Terminal.Columns(), TerminalRenderer.ColumnsMax);

    private static bool UsesStyles(ProcessEnvironment environment) =>
        !Console.IsOutputRedirected && Terminal.UsesColour(environment);
}
