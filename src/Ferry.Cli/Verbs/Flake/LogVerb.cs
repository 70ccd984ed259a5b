using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;

namespace Ferry.Cli.Verbs.Flake;

internal sealed class LogVerb : Verb
{
    private readonly InstallableOptions _installables = new();

    public override string Path => "log";

    public override string Summary => "show the log of a build";

    public override string Operands => "INSTALLABLE";

    public override InstallableOptions Installables => _installables;

    public override void Declare(OptionTable options, SessionOptions shared) =>
        _installables.Declare(options, shared);

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (operands.Count > 1)
            session.OnlyOperand(operands);

        var target = _installables.Targets(session, operands)[0];
        using var log = session.Builds.OpenLog(target.Path);
        var name = operands.Count > 0 ? operands[0] : ".";
        if (log is null)
        {
            throw new CommandException($"build log of '{name}' is not available");
        }

        session.Note($"got build log for '{name}' from 'local'");

        session.WriteAll(log);
        return ExitCode.Success;
    }
}
