using Ferry.Platform.Processes;

namespace Ferry.Cli.Manual;

/// <summary>Shows a long text: through the person's pager on a terminal, as it is elsewhere.</summary>
internal static class Pager
{
    // Colours pass, a text that fits is only printed, and stays where it was.
    private const string LessOptions = "FRX";

    private const string Default =
        "if command -v less >/dev/null; then less; elif command -v more >/dev/null; then more; else cat; fi";

    public static void Show(string text, ProcessEnvironment environment)
    {
        if (Console.IsOutputRedirected || Command(environment) is not { } command)
        {
            Console.Out.Write(text);
            Console.Out.Flush();
            return;
        }

        var variables = environment.Variables.ToDictionary(StringComparer.Ordinal);
        variables.TryAdd("LESS", LessOptions);
        // A file, so that the pager's end before that of the text is no failure of ours.
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            using var child = ChildProcess.Start(
                new ProcessSpecification
                {
                    Program = "/bin/sh",
                    Arguments = ["-c", $"{{ {command}\n}} <\"$0\"", file],
                    Environment = variables,
                    Group = ProcessGroupKind.Callers,
                }
            );
            child.Wait();
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>As stock: NIX_PAGER, else PAGER; an empty one or <c>cat</c> means none.</summary>
    /// <returns>Null when there shall be no pager.</returns>
    private static string? Command(ProcessEnvironment environment)
    {
        var wanted = environment.Variable("NIX_PAGER") ?? environment.Variable("PAGER");
        return wanted is "" or "cat" || environment.Variable("TERM") is null or "" or "dumb"
            ? null
            : wanted ?? Default;
    }
}
