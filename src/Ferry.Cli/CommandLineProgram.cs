using Ferry.Cli.CommandLine;
using Ferry.Cli.Completing;
using Ferry.Cli.Composition;
using Ferry.Cli.Manual;
using Ferry.Cli.Progress;
using Ferry.Cli.Settings;
using Ferry.Cli.Verbs;
using Ferry.Cli.Verbs.Shells;
using Ferry.Debian.Fetching;
using Ferry.Evaluation.Debugging;
using Ferry.Platform.Processes;

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
        if (!IsStockName(name) && words.Count > 0 && IsStockName(words[0]))
        {
            name = words[0];
            words.RemoveAt(0);
        }

        Console.SetError(new ByteTransparentWriter(Console.OpenStandardError()));
        SettingStore? settings = null;
        using var interruption = Interruption.Watch();
        try
        {
            settings = SettingLoader.Load(environment);
            var options = new SessionOptions(environment, settings, interruption);
            if (CompletionRequest.Read(environment, words) is { } request)
            {
                CommandCompletion.Run(request, name, options);
                return ExitCode.Success;
            }

            return VerbTable.ClassicNames.Contains(name)
                ? RunVerb(VerbTable.Find([name])!, Shared(name, options), words, options)
                : RunSubcommand(name == "nix" ? "nix" : Name, words, options);
        }
        catch (DebuggerQuitException)
        {
            return ExitCode.Success;
        }
        catch (Exception failure) when (FailureReport.Knows(failure))
        {
            Console.Out.Flush();
            var style = new FailureStyle(
                name,
                Terminal.UsesColour(environment),
                settings?.Switch("show-trace") == true,
                VerbTable.ClassicNames.Contains(name),
                interruption.ExitCode
            );
            return FailureReport.Print(failure, Console.Error, style);
        }
    }

    private static bool IsStockName(string name) =>
        name == "nix" || VerbTable.ClassicNames.Contains(name);

    private static ExitCode RunSubcommand(
        string program,
        List<string> words,
        SessionOptions options
    )
    {
        ExpandScript(words, options);
        // Options may stand before the verb: "ferry --store DIR build …".
        var shared = Shared(program, options);
        var first = shared.ParseUntilOperand(words);
        if (options.IsVersionWanted)
            return PrintVersion(program, options);
        if (first == words.Count)
            return RunNothing(program, options);

        if (VerbTable.DeprecatedNames.TryGetValue(words[first], out var now))
        {
            var text = $"'{words[first]}' is a deprecated alias for '{now}'";
            Console.Error.WriteLine(
                ErrorText.Warning(text, Terminal.UsesColour(options.Environment))
            );
            words.RemoveAt(first);
            words.InsertRange(first, now.Split(' '));
        }

        for (var length = Math.Min(2, words.Count - first); length > 0; length--)
        {
            if (VerbTable.Find(words.GetRange(first, length)) is { } verb)
                return RunVerb(
                    verb,
                    shared,
                    words.GetRange(first + length, words.Count - first - length),
                    options
                );
        }

        throw Unknown(program, words[first..]);
    }

    private static ExitCode RunNothing(string program, SessionOptions options)
    {
        if (options.IsManualWanted)
        {
            HelpVerb.ShowCommands(options.Environment);
            return ExitCode.Success;
        }

        if (program != Name && !options.IsHelpWanted)
            throw UsageException.Because(program, "no subcommand specified");
        Console.Out.Write(HelpText.OfProgram(VerbTable.Subcommands));
        return options.IsHelpWanted ? ExitCode.Success : ExitCode.Failure;
    }

    // "#! nix" lines of a script are options; then come the script itself and its arguments.
    private static void ExpandScript(List<string> words, SessionOptions options)
    {
        if (words.Count == 0)
            return;
        var script = Path.GetFullPath(words[0], options.Environment.WorkingDirectory);
        if (!File.Exists(script) || ScriptLines.OfNix(script) is not { } inside)
            return;
        options.BaseFolder = Path.GetDirectoryName(script)!;
        words.InsertRange(0, inside);
    }

    private static UsageException Unknown(string program, IReadOnlyList<string> words)
    {
        var group = VerbTable
            .Subcommands.Select(verb => verb.Path)
            .Where(path => path.StartsWith(words[0] + " ", StringComparison.Ordinal))
            .ToList();
        if (group.Count > 0 && words.Count == 1)
        {
            var names = string.Concat(
                group
                    .Select(path => path.Split(' ')[1])
                    .Order(StringComparer.Ordinal)
                    .Select(name => $"\n  · {name}")
            );
            return UsageException.Because(
                program,
                $"{program} {words[0]} requires a sub-command. Available sub-commands:\n{names}"
            );
        }

        var unknown = group.Count > 0 ? words[1] : words[0];
        return UsageException.UnknownCommand(program, unknown, VerbTable.Near(words));
    }

    private static OptionTable Shared(string program, SessionOptions options)
    {
        var shared = new OptionTable(program);
        options.Declare(shared);
        return shared;
    }

    private static ExitCode RunVerb(
        Verb verb,
        OptionTable shared,
        List<string> words,
        SessionOptions options
    )
    {
        var program = shared.Program;
        var isClassic = program == verb.Path;
        var own = new OptionTable(program, shared) { EndsAtOperand = verb.PassesArgumentsOn };
        verb.Declare(own, options);
        var operands = own.Parse(verb.Expand(words, options));

        if (options.IsVersionWanted)
            return PrintVersion(program, options);
        if (options.IsHelpWanted)
        {
            var command = isClassic ? program : $"{program} {verb.Path}";
            Console.Out.Write(HelpText.OfVerb(verb, command, own, shared));
            return ExitCode.Success;
        }

        if (options.IsManualWanted)
        {
            ManualViewer.Show(new ManualPages(options).OfVerb(verb), options.Environment);
            return ExitCode.Success;
        }

        options.IsFlakeCommand = !isClassic;
        options.Program = program;
        foreach (var note in options.Settings.Notes)
            Console.Error.WriteLine(
                ErrorText.Warning(note, Terminal.UsesColour(options.Environment))
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
        var mayRepeat = true;
        while (true)
        {
            using var session = new Session(options);
            try
            {
                return verb.Run(session, operands);
            }
            catch (Exception failure)
                when (FailureReport.Knows(failure) && session.PinRenewal != PinRenewalState.Idle)
            {
                session.EndProgress();
                if (session.PinRenewal == PinRenewalState.Refused)
                    throw new CommandException(session.Debian.Renewal.Refusal);
                if (!mayRepeat)
                    throw new CommandException(
                        "pins have left the mirror while it was being read; run the command again"
                    );
                session.Note("starting again with the renewed pins");
                mayRepeat = false;
            }
        }
    }

    private static ExitCode PrintVersion(string program, SessionOptions options)
    {
        // Scripts parse the last word of what stock's commands print.
        Console.Out.WriteLine(
            program == Name
                ? $"ferry {Versions.Ferry} (Nix {StockVersion})"
                : $"{program} (Nix) {StockVersion}"
        );
        if (options.Verbosity > 1)
            Console.Out.Write(VersionText.Details(options));
        return ExitCode.Success;
    }
}
