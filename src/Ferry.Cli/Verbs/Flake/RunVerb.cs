using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Verbs.Shells;
using Ferry.Store.Building;

namespace Ferry.Cli.Verbs.Flake;

/// <summary>Builds a package and becomes its program, through an emulator where the program is foreign.</summary>
internal sealed class RunVerb : Verb
{
    private readonly InstallableOptions _installables = new() { Places = AttributePlaces.Programs };
    private readonly EnvironmentOptions _environment = new();

    public override string Path => "run";

    public override string Summary => "build a package and run its program";

    public override string Operands => "INSTALLABLE [ARGUMENT]...";

    public override InstallableOptions Installables => _installables;

    public override bool PassesArgumentsOn => true;

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _installables.Declare(options, shared);
        _environment.Declare(options);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var variables = _environment.Apply(session);
        var named = operands.Take(1).ToList();
        var installable = _installables.Parse(session, named)[0];
        var program = AppFinder.TryFind(session, installable) is { } app
            ? Build(session, app)
            : Build(session, installable);
        return session.Programs.Run(
            new(program) { Arguments = [.. operands.Skip(1)], Variables = variables }
        );
    }

    private static string Build(Session session, App app)
    {
        app.Build(session);
        return app.Program;
    }

    private string Build(Session session, Installable installable)
    {
        var target =
            TargetFinder.Find(session, _installables.Expression, installable).FirstOrDefault()
            ?? throw new CommandException("the expression gives no package, so nothing to run");
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

        return path;
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
