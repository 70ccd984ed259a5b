namespace Ferry.Cli.Repl.LineEditing;

/// <summary>Lines of a file or pipe. Each is shown behind its prompt, as if it had been typed.</summary>
internal sealed class PipeLineReader(TextReader input, TextWriter output) : ILineReader
{
    public LineRead Read(string prompt)
    {
        output.Write(prompt);
        var line = input.ReadLine();
        if (line is not null)
            output.Write(line + "\n");
        output.Flush();
        return new(line);
    }
}
