using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;

namespace Ferry.Cli.Verbs.Store;

internal sealed class StoreDeleteVerb : Verb
{
    private readonly StorePathOptions _paths = new();
    private readonly CollectorRun _collector = new();

    public override string Path => "store delete";

    public override string Summary => "delete store paths that nothing needs";

    public override string Operands => "INSTALLABLE...";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _paths.Declare(options, shared);
        _collector.DeclareLiveness(options);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands) =>
        _collector.Delete(session, _paths.Find(session, operands));
}
