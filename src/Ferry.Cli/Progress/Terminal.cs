namespace Ferry.Cli.Progress;

/// <summary>What the terminal on standard error can show.</summary>
internal static class Terminal
{
    private const int ColumnsDefault = 80;

    /// <summary>Live lines may be drawn on standard error.</summary>
    public static bool IsInteractive(ProcessEnvironment environment) =>
        !Console.IsErrorRedirected && environment.Variable("TERM") is not (null or "" or "dumb");

    /// <summary>As stock: a terminal that is not dumb, and neither NO_COLOR nor NOCOLOR; CLICOLOR_FORCE wins.</summary>
    public static bool UsesColour(ProcessEnvironment environment) =>
        environment.Variable("CLICOLOR_FORCE") is not (null or "" or "0")
        || (
            IsInteractive(environment)
            && environment.Variable("NO_COLOR") is null
            && environment.Variable("NOCOLOR") is null
        );

    public static int Columns()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : ColumnsDefault;
        }
        catch (IOException)
        {
            return ColumnsDefault;
        }
    }
}
