using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Store.Closures;

namespace Ferry.Cli.Verbs.Store;

internal sealed class WhyDependsVerb : Verb
{
    private readonly InstallableOptions _installables = new();
    private bool _showsAll;
    private bool _showsFiles;

    public override string Path => "why-depends";

    public override string Summary => "show through what a package gets to another one";

    public override string Operands => "PACKAGE DEPENDENCY";

    public override InstallableOptions Installables => _installables;

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _installables.Declare(options, shared);
        options.Switch("--all -a", "every way, not only a shortest one", () => _showsAll = true);
        options.Switch(
            "--precise",
            "the files that refer to the next path as well",
            () => _showsFiles = true
        );
        options.Switch(
            "--derivation",
            "the derivations and not what they make",
            () => _installables.TakesDerivations = true
        );
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (operands.Count < 2)
            throw session.Usage("more arguments are required");
        if (operands.Count > 2)
            throw session.Usage($"unexpected argument '{operands[2]}'");

        var package = _installables.BuiltPath(session, operands[0]);
        var dependency = _installables.KnownPath(session, operands[1]);
        var graph = new DependencyGraph(session.Store, package, dependency);
        if (graph.IsConnected)
            new DependencyPrinter(session, graph, package, dependency)
            {
                ShowsAll = _showsAll,
                ShowsFiles = _showsFiles,
            }.Print();
        else
            session.Note($"'{operands[0]}' does not depend on '{operands[1]}'");
        return ExitCode.Success;
    }
}
