namespace Ferry.Cli.Repl.LineEditing;

/// <summary>Where the lines of a session come from.</summary>
internal interface ILineReader
{
    LineRead Read(string prompt);
}

/// <param name="Text">Without the line's end; null when there are no more.</param>
/// <param name="IsCancelled">The person has given up the line, and those before that belong to it.</param>
internal readonly record struct LineRead(string? Text, bool IsCancelled = false);
