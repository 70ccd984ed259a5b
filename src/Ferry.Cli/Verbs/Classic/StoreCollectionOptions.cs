using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Verbs.Store;
using Ferry.Formats.StorePaths;
using Ferry.Store.Local.Roots;

namespace Ferry.Cli.Verbs.Classic;

/// <summary>The options of <c>nix-store --gc</c> and <c>--delete</c>.</summary>
internal sealed class StoreCollectionOptions
{
    private readonly CollectorRun _collector = new();
    private Func<Session, ExitCode>? _question;

    public void Declare(OptionTable options)
    {
        options.Switch(
            "--print-roots",
            "print what keeps paths (--gc)",
            () => _question = PrintRoots
        );
        options.Switch(
            "--print-live",
            "print what is kept (--gc)",
            () => _question = session => Print(session, _collector.Examine(session).Live)
        );
        options.Switch(
            "--print-dead",
            "print what would be deleted (--gc)",
            () => _question = session => Print(session, _collector.Examine(session).Dead)
        );
        _collector.DeclareLimit(options, "--max-freed");
        _collector.DeclareLiveness(options);
    }

    public ExitCode Collect(Session session, IReadOnlyList<string> operands)
    {
        if (operands.Count > 0)
            throw session.Usage("no arguments expected");
        if (_question is not null && _collector.HasLimit)
        {
            throw session.Usage(
                "option --max-freed cannot be combined with --print-live, --print-dead, or --print-roots"
            );
        }

        return _question is null ? _collector.Collect(session) : _question(session);
    }

    public ExitCode Delete(Session session, IReadOnlyList<string> operands) =>
        _collector.Delete(
            session,
            [.. operands.Select(operand => StoreOperand.Parse(session, operand))]
        );

    private static ExitCode PrintRoots(Session session)
    {
        var roots = new RootFinder(session.Site.Store) { Tell = session.Note }.Find();
        // Temporary roots come and go while one looks.
        var lines = roots
            .Where(root => !root.Source.StartsWith("{temp:", StringComparison.Ordinal))
            .Select(root => $"\"{root.Source}\" -> {session.Site.Directory.Format(root.Path)}")
            .Order(StringComparer.Ordinal);
        foreach (var line in lines)
            session.Output.WriteLine(line);
        return ExitCode.Success;
    }

    private static ExitCode Print(Session session, IReadOnlyList<StorePath> paths)
    {
        foreach (var path in paths)
            session.Output.WriteLine(session.Site.Directory.Format(path));
        return ExitCode.Success;
    }
}
