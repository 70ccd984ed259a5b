using System.Text;

namespace Ferry.Cli.Tests.Transcripts;

/// <summary>A file of commands with what they print: <c>$ COMMAND</c>, then its output, its errors and its exit code.</summary>
/// <remarks>
/// A line of output begins with <c>|</c>, one of errors with <c>!</c>, an exit code that is not 0 with <c>?</c>; comments
/// begin with <c>#</c>. Temporary folders are written as STORE and WORK.
/// </remarks>
internal static class Transcript
{
    private const string CommandMark = "$ ";
    private const string CommentMark = "#";

    public static string Folder { get; } =
        Path.Combine(FerryProgram.Root, "tests", "corpus", "commands");

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "*.txt").Select(Path.GetFileNameWithoutExtension).Order()!;

    public static string FileOf(string name) => Path.Combine(Folder, name + ".txt");

    /// <summary>Runs the commands of a transcript, one after another, and writes down what they print now.</summary>
    public static string Replay(string name, CommandSite site)
    {
        var text = new StringBuilder();
        var work = site.MakeFolder(name);
        foreach (var line in File.ReadLines(FileOf(name)))
        {
            if (line.Length == 0 || line.StartsWith(CommentMark, StringComparison.Ordinal))
                text.Append(line).Append('\n');
            if (!line.StartsWith(CommandMark, StringComparison.Ordinal))
                continue;
            text.Append(line).Append('\n');
            var outcome = site.Run(work, line[CommandMark.Length..]);
            Append(text, '|', site.WithoutFolders(outcome.Output, work));
            Append(text, '!', site.WithoutFolders(outcome.Error, work));
            if (outcome.ExitCode != 0)
                text.Append($"? {outcome.ExitCode}\n");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, char mark, string printed)
    {
        if (printed.Length == 0)
            return;
        foreach (var line in printed.TrimEnd('\n').Split('\n'))
            text.Append($"{mark} {line}\n");
        if (!printed.EndsWith('\n'))
            text.Append($"{mark}~no line end\n");
    }
}
