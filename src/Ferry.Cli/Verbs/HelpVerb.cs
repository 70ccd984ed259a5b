using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Manual;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Cli.Verbs;

/// <summary><c>ferry help [NAME]</c>: the list of commands, or a page of the manual.</summary>
internal sealed class HelpVerb : Verb
{
    private bool _writesRoff;

    public override string Path => "help";

    public override string Summary => "list the commands, or show a page of the manual";

    public override string Operands => "[COMMAND|CONCEPT]";

    public override void Declare(OptionTable options, SessionOptions shared) =>
        options.Switch("--man", "print the page for man", () => _writesRoff = true);

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var environment = session.Options.Environment;
        if (operands.Count == 0 && !_writesRoff)
        {
            ShowCommands(environment);
            return ExitCode.Success;
        }

        var words = operands.Count == 0 ? [Concept.Overview] : operands;
        if (new ManualPages(session.Options).Find(string.Join('-', words)) is { } page)
        {
            if (_writesRoff)
                session.Output.Write(ManualViewer.Roff(page));
            else
                ManualViewer.Show(page, environment);
            return ExitCode.Success;
        }

        if (
            operands is not [var word]
            || _writesRoff
            || CommandGroups.OfWord(word) is not { } group
        )
            throw Unknown(session, words);
        ManualViewer.Show(
            $"'{session.Options.Program} {word}' has several commands.",
            [group],
            $"'{session.Options.Program} help {word} COMMAND' describes one.",
            environment
        );
        return ExitCode.Success;
    }

    /// <summary>All commands and concepts, by what they are about.</summary>
    public static void ShowCommands(ProcessEnvironment environment) =>
        ManualViewer.Show(
            "Ferry builds software, for this machine and for others.\n\nUsage: ferry COMMAND [OPTION]... [OPERAND]...",
            CommandGroups.Lists().Append(CommandGroups.Concepts()),
            "'ferry help NAME' describes a command or a concept, 'ferry COMMAND -h' lists options only.",
            environment
        );

    private static UsageException Unknown(Session session, IReadOnlyList<string> words)
    {
        var name = string.Join(' ', words);
        var near = NearNames.Find(string.Join('-', words), ManualPages.Names());
        var hint = near is [var first, ..] ? $"\nDid you mean {first}?" : "";
        return UsageException.Because(
            session.Options.Program,
            $"'{name}' is neither a command nor a concept of the manual{hint}"
        );
    }
}
