using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Profiles;
using Ferry.Formats.Json;
using Ferry.Store.Building;

namespace Ferry.Cli.Verbs.Flake;

internal sealed class BuildVerb : Verb
{
    private readonly InstallableOptions _installables = new();
    private readonly ProfileOption _profile = new();
    private string _outLink = "result";
    private bool _hasLink = true;
    private bool _printsPaths;
    private bool _isJson;
    private bool _isDryRun;
    private bool _rebuilds;

    public override string Path => "build";

    public override string Summary => "build packages";

    public override string Operands => "INSTALLABLE...";

    public override InstallableOptions Installables => _installables;

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _installables.Declare(options, shared);
        _installables.DeclareStandardInput(options);
        _profile.Declare(options);
        options.Value(
            "--out-link -o",
            "NAME",
            "the name of the link to the result",
            text => _outLink = text
        );
        options.Switch("--no-link", "make no link to the result", () => _hasLink = false);
        options.Switch(
            "--print-out-paths",
            "print the paths of the results",
            () => _printsPaths = true
        );
        options.Switch("--json", "print the results as JSON", () => _isJson = true);
        options.Switch("--dry-run", "only say what would be done", () => _isDryRun = true);
        options.Switch("--rebuild", "build again and compare", () => _rebuilds = true);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var targets = _installables.Targets(session, operands);
        if (_isDryRun)
            return DryRun(session, targets);

        var results = session.Builds.Build(targets, _rebuilds ? BuildMode.Check : BuildMode.Normal);
        if (_hasLink)
            ResultLinks.Make(session, _outLink, results);
        if (_isJson)
            session.Output.WriteLine(Json(session, targets, results));
        if (_printsPaths)
        {
            foreach (var path in results.SelectMany(ResultLinks.PathsOf))
                session.Output.WriteLine(session.Store.Directory.Format(path));
        }

        _profile.Update(session, results);
        return ExitCode.Success;
    }

    private ExitCode DryRun(Session session, IReadOnlyList<Target> targets)
    {
        session.Builds.NotePlan(targets);
        if (_isJson)
            session.Output.WriteLine(Json(session, targets, results: null));
        return ExitCode.Success;
    }

    private static string Json(
        Session session,
        IReadOnlyList<Target> targets,
        IReadOnlyList<BuildResult>? results
    )
    {
        var directory = session.Store.Directory;
        var json = new JsonWriter();
        json.StartList();
        for (var index = 0; index < targets.Count; index++)
        {
            if (targets[index].Path is not DerivedPath.Built built)
            {
                json.Value(targets[index].Path.Format(directory));
                continue;
            }

            json.StartObject();
            json.Member("drvPath", directory.Format(built.Derivation));
            json.Name("outputs");
            json.StartObject();
            foreach (
                var (name, path) in results?[index].Outputs
                    ?? targets[index].OutputPaths(session.Store)
            )
            {
                json.Name(name);
                json.Value(directory.Format(path));
            }

            json.EndObject();
            json.EndObject();
        }

        json.EndList();
        return json.ToString();
    }
}
