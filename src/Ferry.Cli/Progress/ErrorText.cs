using Ferry.Syntax.Diagnostics;

namespace Ferry.Cli.Progress;

/// <summary>Stock's layout of an error without a position: later lines stand under the first.</summary>
internal static class ErrorText
{
    private const string Indent = "       ";

    public static string Of(string message, bool usesColour)
    {
        var label = usesColour ? $"{TerminalColor.Red}error:{TerminalColor.Normal} " : "error: ";
        var lines = message.TrimEnd('\n').Split('\n');
        return label + string.Join('\n', lines.Select((line, index) => Indented(line, index)));
    }

    private static string Indented(string line, int index) =>
        index == 0 || line.Length == 0 ? line : Indent + line;

    /// <summary>Something that is neither wrong nor worrying, with stock's label.</summary>
    public static string Note(string message, bool usesColour) =>
        (usesColour ? $"{TerminalColor.Green}info:{TerminalColor.Normal} " : "info: ") + message;

    public static string Warning(string message, bool usesColour)
    {
        var label = usesColour
            ? $"{TerminalColor.Warning}warning:{TerminalColor.Normal} "
            : "warning: ";
        return label + message;
    }
}
