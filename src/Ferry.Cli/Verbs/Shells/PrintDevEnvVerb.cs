using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;

namespace Ferry.Cli.Verbs.Shells;

/// <summary>Prints a build environment, for other shells and editors.</summary>
internal sealed class PrintDevEnvVerb : Verb
{
    private readonly DevelopOptions _develop = new();
    private bool _isJson;

    public override string Path => "print-dev-env";

    public override string Summary =>
        "print code for bash that gives the build environment of a package";

    public override string Operands => "INSTALLABLE";

    public override InstallableOptions Installables => _develop.Installables;

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _develop.Declare(options, shared);
        options.Switch("--json", "print the environment as JSON", () => _isJson = true);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var (_, environment) = _develop.Make(session, _develop.Parse(session, operands));
        var text = _isJson
            ? environment.ToJson(session.Options.IndentsJson)
            : Script(session, environment);
        session.EndProgress();
        session.Output.WriteLine(text);
        return ExitCode.Success;
    }

    // The files lie in a folder only while the code is made, as with stock: who needs them uses the JSON.
    private string Script(Session session, BuildEnvironment environment)
    {
        DirectoryInfo? folder = null;
        try
        {
            return _develop.Script(
                session,
                environment,
                () => (folder = Directory.CreateTempSubdirectory("nix-dev-env-")).FullName
            );
        }
        finally
        {
            folder?.Delete(recursive: true);
        }
    }
}
