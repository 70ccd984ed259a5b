using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;

namespace Ferry.Cli.Verbs.Flake;

/// <summary><c>edit</c>: opens the file that a package was written in.</summary>
internal sealed class EditVerb : Verb
{
    private readonly InstallableOptions _installables = new();

    public override string Path => "edit";

    public override string Summary => "open the expression of a package in $EDITOR";

    public override string Operands => "INSTALLABLE";

    public override InstallableOptions Installables => _installables;

    public override void Declare(OptionTable options, SessionOptions shared) =>
        _installables.Declare(options, shared);

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var installable = _installables.Parse(session, operands)[0];
        var place = session.Evaluation.Run(site =>
        {
            var value = TargetFinder.Value(site, _installables.Expression, installable);
            var found = EditorPlace.Of(site, value.Force(), operands is [var text] ? text : ".");
            return found with { File = site.RealFile(found.File) };
        });
        session.EndProgress();
        session.Output.Flush();
        place.Open(session);
        return ExitCode.Success;
    }
}
