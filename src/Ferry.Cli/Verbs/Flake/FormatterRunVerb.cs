using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Fetching;

namespace Ferry.Cli.Verbs.Flake;

/// <summary><c>fmt</c>: runs the formatter of the flake here.</summary>
internal sealed class FormatterRunVerb(string path) : Verb
{
    private readonly InstallableOptions _installables = new()
    {
        Places = AttributePlaces.Formatters,
    };

    public override string Path => path;

    public override string Summary => "run the formatter of the flake here";

    public override string Operands => "[ARGUMENT]...";

    public override InstallableOptions Installables => _installables;

    public override bool PassesArgumentsOn => true;

    public override void Declare(OptionTable options, SessionOptions shared) =>
        _installables.Declare(options, shared);

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var app = FormatterFinder.Find(session, _installables, out var installable);
        app.Build(session);
        // So that a formatter sees all of the flake, wherever in it one stands.
        var folder = Fetcher.SourceFolder(installable.Reference.Input);
        var variables = session.Options.Environment.Variables.ToDictionary(StringComparer.Ordinal);
        if (folder is not null)
            variables["PRJ_ROOT"] = folder;
        return session.Programs.Run(
            new(app.Program) { Arguments = operands, Variables = variables }
        );
    }
}
