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

    public override void Declare(OptionTable options, SessionOptions shared) =>
        _installables.Declare(options, shared);

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (operands.Count > 1)
            throw UsageException.Because("ferry", $"unexpected argument '{operands[1]}'");

        var target = _installables.Targets(session, operands)[0];
        using var log = session.Builds.OpenLog(target.Path);
        if (log is null)
        {
            var name = operands.Count > 0 ? operands[0] : ".";
            throw new CommandException($"build log of '{name}' is not available");
        }

        session.WriteAll(log);
        return ExitCode.Success;
    }
}
