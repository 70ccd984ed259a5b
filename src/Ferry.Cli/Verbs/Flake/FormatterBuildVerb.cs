using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;

namespace Ferry.Cli.Verbs.Flake;

internal sealed class FormatterBuildVerb : Verb
{
    private readonly InstallableOptions _installables = new()
    {
        Places = AttributePlaces.Formatters,
    };

    private string _outLink = "result";
    private bool _hasLink = true;

    public override string Path => "formatter build";

    public override string Summary => "build the formatter of the flake here";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _installables.Declare(options, shared);
        options.Value(
            "--out-link -o",
            "NAME",
            "the name of the link to the result",
            text => _outLink = text
        );
        options.Switch("--no-link", "make no link to the result", () => _hasLink = false);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        session.NoOperands(operands);
        var app = FormatterFinder.Find(session, _installables, out _);
        var results = app.Build(session);
        if (_hasLink)
            ResultLinks.Make(session, _outLink, results);
        session.Output.WriteLine(app.Program);
        return ExitCode.Success;
    }
}
