using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;

namespace Ferry.Cli.Verbs.Store;

internal sealed class StoreGcVerb : Verb
{
    private readonly CollectorRun _collector = new();
    private bool _isDryRun;

    public override string Path => "store gc";

    public override string Summary => "delete what nothing needs";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _collector.DeclareLimit(options, "--max");
        options.Switch("--dry-run", "only say what would be done", () => _isDryRun = true);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        session.NoOperands(operands);
        return _isDryRun ? _collector.Preview(session) : _collector.Collect(session);
    }
}
