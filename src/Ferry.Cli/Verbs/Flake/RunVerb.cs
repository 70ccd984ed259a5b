using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Store.Building;

namespace Ferry.Cli.Verbs.Flake;

/// <summary>Builds a package and becomes its program, through an emulator where the program is foreign.</summary>
internal sealed class RunVerb : Verb
{
    private readonly InstallableOptions _installables = new() { Places = AttributePlaces.Programs };

    public override string Path => "run";

    public override string Summary => "build a package and run its program";

    public override string Operands => "INSTALLABLE [ARGUMENT]...";

    public override bool PassesArgumentsOn => true;

    public override void Declare(OptionTable options, SessionOptions shared) =>
        _installables.Declare(options, shared);

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var named = operands.Take(1).ToList();
        var installable = _installables.Parse(session, named)[0];
        if (AppFinder.TryFind(session, installable) is { } app)
        {
            app.Build(session);
            return session.Programs.Run(app.Program, operands.Skip(1));
        }

        var target = TargetFinder.Find(session, _installables.Expression, installable).First();
        var result = session.Builds.Build([MainOutput(target)], BuildMode.Normal)[0];
        var package = ResultLinks.PathsOf(result).First();
        var program = target.MainProgram ?? package.Name;
        var path = $"{session.Store.Directory.Format(package)}/bin/{program}";
        var real = $"{session.Store.RealPath(package)}/bin/{program}";
        if (!File.Exists(real) && new FileInfo(real).LinkTarget is null)
        {
            throw new CommandException(
                $"unable to execute '{path}': no such file; the package's main program is 'meta.mainProgram', else its name"
            );
        }

        session.EndProgress();
        session.Output.Flush();
        return session.Programs.Run(path, operands.Skip(1));
    }

    /// <remarks>Source: stock looks in the path that the package itself means, whatever the package installs.</remarks>
    private static Target MainOutput(Target target) =>
        target is { Path: DerivedPath.Built built, MainOutput: { } output }
            ? target with
            {
                Path = built with { OutputNames = [output] },
            }
            : target;
}
