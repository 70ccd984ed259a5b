using Ferry.Syntax.Diagnostics;

namespace Ferry.Cli.Progress;

/// <summary>Stock's layout of an error without a position: later lines stand under the first.</summary>
internal static class ErrorText
{
    private const string Indent = "       ";

    public static string Of(string message, bool usesColour)
    {
        var label = usesColour ? $"{TerminalColor.Red}error:{TerminalColor.Normal} " : "error: ";
        return label + message.TrimEnd('\n').Replace("\n", "\n" + Indent);
    }

    public static string Warning(string message, bool usesColour)
    {
        var label = usesColour
            ? $"{TerminalColor.Warning}warning:{TerminalColor.Normal} "
            : "warning: ";
        return label + message;
    }
}
