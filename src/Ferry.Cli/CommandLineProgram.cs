using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Progress;
using Ferry.Cli.Settings;
using Ferry.Cli.Verbs;

namespace Ferry.Cli;

/// <summary>From the words of a command line to a verb that runs, and from what goes wrong to one message and an exit code.</summary>
internal static class CommandLineProgram
{
    /// <summary>The version of stock Nix that commands under its names answer as.</summary>
    public const string StockVersion = "2.34.8";

    private const string Name = "ferry";

    /// <param name="commandLine">The program's own name first.</param>
    /// <param name="environment">What the process was started with.</param>
    public static ExitCode Run(string[] commandLine, ProcessEnvironment environment)
    {
        var name = Path.GetFileName(commandLine[0]);
        var words = commandLine.Skip(1).ToList();

        // "ferry nix-build …" is the command of that name, for those who have not installed the links.
        if (
            !VerbTable.ClassicNames.Contains(name)
            && words.Count > 0
            && VerbTable.ClassicNames.Contains(words[0])
        )
        {
            name = words[0];
            words.RemoveAt(0);
        }

        Console.SetError(new ByteTransparentWriter(Console.OpenStandardError()));
        SettingStore? settings = null;
        try
        {
            Interruption.Watch();
            settings = SettingLoader.Load(environment);
            var options = new SessionOptions(environment, settings);
            return VerbTable.ClassicNames.Contains(name)
                ? RunVerb(VerbTable.Find([name])!, name, words, options)
                : RunSubcommand(name == "nix" ? "nix" : Name, words, options);
        }
        catch (Exception failure) when (FailureReport.Knows(failure))
        {
            Console.Out.Flush();
            var style = new FailureStyle(
                Terminal.UsesColour(environment),
                settings?.Switch("show-trace") == true,
                VerbTable.ClassicNames.Contains(name)
            );
            return FailureReport.Print(failure, Console.Error, style);
        }
    }

    private static ExitCode RunSubcommand(
        string program,
        List<string> words,
        SessionOptions options
    )
    {
        // Options may stand before the verb: "ferry --store DIR build …".
        var before = new OptionTable(program);
        options.Declare(before);
        var first = before.ParseUntilOperand(words);
        if (options.IsVersionWanted)
            return PrintVersion(program);
        if (first == words.Count || words[first] == "help")
        {
            Console.Out.Write(HelpText.OfProgram(VerbTable.Subcommands));
            return options.IsHelpWanted || first < words.Count
                ? ExitCode.Success
                : ExitCode.Failure;
        }

        for (var length = Math.Min(2, words.Count - first); length > 0; length--)
        {
            if (VerbTable.Find(words.GetRange(first, length)) is { } verb)
                return RunVerb(
                    verb,
                    program,
                    words.GetRange(first + length, words.Count - first - length),
                    options
                );
        }

        throw UsageException.UnknownCommand(
            program,
            words[first],
            VerbTable.Near(words.Skip(first))
        );
    }

    private static ExitCode RunVerb(
        Verb verb,
        string program,
        List<string> words,
        SessionOptions options
    )
    {
        var shared = new OptionTable(program);
        options.Declare(shared);
        var isClassic = VerbTable.ClassicNames.Contains(verb.Path);
        var table = new OptionTable(isClassic ? verb.Path : program);
        options.Declare(table);
        var own = new OptionTable(isClassic ? verb.Path : $"{program} {verb.Path}");
        verb.Declare(own, options);
        foreach (var option in own.Options)
            table.Add(option);
        table.EndsAtOperand = verb.PassesArgumentsOn;
        var operands = table.Parse(words);

        if (options.IsVersionWanted)
            return PrintVersion(isClassic ? verb.Path : program);
        if (options.IsHelpWanted)
        {
            Console.Out.Write(HelpText.OfVerb(verb, own, shared));
            return ExitCode.Success;
        }

        options.IsFlakeCommand = !isClassic;
        foreach (var unknown in options.Settings.Unknown)
            Console.Error.WriteLine(
                ErrorText.Warning(
                    $"unknown setting '{unknown}'",
                    Terminal.UsesColour(options.Environment)
                )
            );
        return RunWithRenewedPins(verb, operands, options);
    }

    // When pinned packages have left their mirror and new pins were found, everything is evaluated once more with those.
    private static ExitCode RunWithRenewedPins(
        Verb verb,
        List<string> operands,
        SessionOptions options
    )
    {
        using (var session = new Session(options))
        {
            try
            {
                return verb.Run(session, operands);
            }
            catch (BuildFailedException) when (session.HasRenewedPins)
            {
                session.Note("starting again with the renewed pins");
            }
        }

        using var second = new Session(options);
        return verb.Run(second, operands);
    }

    private static ExitCode PrintVersion(string program)
    {
        // Scripts parse the last word of what stock's commands print.
        Console.Out.WriteLine(
            program == Name
                ? $"ferry {Versions.Ferry} (Nix {StockVersion})"
                : $"{program} (Nix) {StockVersion}"
        );
        return ExitCode.Success;
    }
}
