namespace Ferry.Cli.Verbs;

/// <summary>Text as shell code.</summary>
internal static class ShellText
{
    /// <summary>In single quotes, whatever it holds.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "'\\''")}'";
}
