using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;

namespace Ferry.Cli.Completing;

/// <summary>Completes a command line for a shell: verbs, options, and what they take.</summary>
internal static class CommandCompletion
{
    /// <summary>Answers on standard output; says nothing of what goes wrong on the way.</summary>
    public static void Run(CompletionRequest request, string program, SessionOptions options)
    {
        // A line that a person is still typing is no place for warnings, nor worth waiting for a server.
        Console.SetError(TextWriter.Null);
        options.BeQuiet();
        options.StayOffline();
        var list = new CompletionList();
        try
        {
            Complete(CommandLineReading.Read(request, program, options), request, options, list);
        }
        catch (Exception failure) when (FailureReport.Knows(failure))
        {
            // What was found before is the answer.
        }

        list.Write(Console.Out);
    }

    private static void Complete(
        CommandLineReading reading,
        CompletionRequest request,
        SessionOptions options,
        CompletionList list
    )
    {
        var word = request.Word;
        if (reading.VerbWords is { } words)
            AddVerbs(words, word, list);
        else if (reading.Parameter is { } parameter)
            new ArgumentCompletion(reading, options, list).Add(parameter, word);
        else if (word.StartsWith('-'))
            AddOptions(reading.Options, word, list);
    }

    private static void AddVerbs(IReadOnlyList<string> before, string start, CompletionList list) =>
        list.AddMatching(
            VerbTable
                .Subcommands.Select(verb => verb.Path.Split(' '))
                .Where(path =>
                    path.Length > before.Count && path.Take(before.Count).SequenceEqual(before)
                )
                .Select(path => path[before.Count]),
            start
        );

    private static void AddOptions(OptionTable table, string start, CompletionList list)
    {
        foreach (var option in table.AllOptions)
        {
            foreach (var name in option.Names)
            {
                if (
                    name.StartsWith("--", StringComparison.Ordinal)
                    && name.StartsWith(start, StringComparison.Ordinal)
                )
                    list.Add(name, option.Summary);
            }
        }
    }
}
