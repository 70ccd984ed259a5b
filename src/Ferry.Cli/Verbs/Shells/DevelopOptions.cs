using Ferry.Build.Attributes;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Profiles;
using Ferry.Formats.StorePaths;
using Ferry.Store.Building;

namespace Ferry.Cli.Verbs.Shells;

/// <summary>The options of both commands that make a build environment, and what they do with them.</summary>
internal sealed class DevelopOptions
{
    private readonly InstallableOptions _installables = new() { Places = AttributePlaces.Shells };
    private readonly List<(string Installable, string Folder)> _redirects = [];
    private readonly ProfileOption _profile = new();

    public InstallableOptions Installables => _installables;

    public ExpressionOptions Expression => _installables.Expression;

    public void Declare(OptionTable options, SessionOptions shared)
    {
        _installables.Declare(options, shared);
        _profile.Declare(options, "keep the environment as a generation of this profile");
        options.Pair(
            "--redirect",
            "INSTALLABLE",
            "FOLDER",
            "let paths of a package lead to a folder that can be written",
            (installable, folder) => _redirects.Add((installable, folder))
        );
    }

    /// <summary>What the operand means: a flake's shell, a derivation, or an environment that was made before.</summary>
    public Installable Parse(Session session, IReadOnlyList<string> operands)
    {
        if (operands.Count > 1)
            throw session.Usage($"unexpected argument '{operands[1]}'");
        return _installables.Parse(session, operands)[0];
    }

    /// <summary>Makes the environment, builds what it needs and keeps it where a profile was named.</summary>
    public (StorePath Path, BuildEnvironment Environment) Make(
        Session session,
        Installable installable
    )
    {
        var path = Find(session, installable);
        if (_profile.Given(session) is { } profile)
            ProfileOption.Add(session, profile, path);
        var report = File.ReadAllBytes(session.Store.RealPath(path));
        return (path, BuildEnvironment.Parse(report));
    }

    /// <summary>The environment as code for bash, with outputs and redirected paths where a person may write.</summary>
    /// <param name="session">Whose working directory gets the folder of outputs.</param>
    /// <param name="environment">Of which the code is made.</param>
    /// <param name="folder">Gives a folder for the files of structured attributes; asked only where there are some.</param>
    public string Script(Session session, BuildEnvironment environment, Func<string> folder)
    {
        var script = EnvironmentScript.Write(environment);
        var replacements = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (output, path) in environment.Outputs())
            replacements.TryAdd(
                path,
                System.IO.Path.Combine(session.WorkingDirectory, "outputs", output)
            );
        foreach (var (text, target) in _redirects)
            Redirect(session, script, (text, target), replacements);
        if (environment.Structured is { } files)
        {
            var place = folder();
            Move(
                environment,
                "NIX_ATTRS_SH_FILE",
                $"{place}/{StructuredAttributes.ShellFileName}",
                files.Shell,
                replacements
            );
            Move(
                environment,
                "NIX_ATTRS_JSON_FILE",
                $"{place}/{StructuredAttributes.JsonFileName}",
                files.Json,
                replacements
            );
        }

        return replacements.Aggregate(
            script,
            (text, pair) =>
                pair.Key.Length > 0
                    ? text.Replace(pair.Key, pair.Value, StringComparison.Ordinal)
                    : text
        );
    }

    private StorePath Find(Session session, Installable installable)
    {
        var targets = TargetFinder.Find(session, Expression, installable).ToList();
        if (targets is not [var target])
            throw new CommandException(
                $"this command needs a single derivation, but the argument means {targets.Count} derivations"
            );
        return target.Path switch
        {
            DerivedPath.Built built => EnvironmentDerivation.Build(session, built.Derivation),
            DerivedPath.Opaque { Path.IsDerivation: true } opaque => EnvironmentDerivation.Build(
                session,
                opaque.Path
            ),
            DerivedPath.Opaque opaque
                when opaque.Path.Name.EndsWith(
                    EnvironmentDerivation.NameSuffix,
                    StringComparison.Ordinal
                ) => opaque.Path,
            var other => throw new CommandException(
                $"argument '{other.Format(session.Store.Directory)}' did not evaluate to a derivation"
            ),
        };
    }

    private void Redirect(
        Session session,
        string script,
        (string Installable, string Folder) redirect,
        SortedDictionary<string, string> replacements
    )
    {
        var target = System.IO.Path.GetFullPath(redirect.Folder, session.WorkingDirectory);
        foreach (var found in _installables.Targets(session, [redirect.Installable]))
        {
            var paths = found.Path is DerivedPath.Opaque opaque
                ? [opaque.Path]
                : found.OutputPaths(session.Store).Values;
            foreach (var path in paths.Select(session.Store.Directory.Format))
            {
                if (!script.Contains(path, StringComparison.Ordinal))
                {
                    session.Warn(
                        $"'{redirect.Installable}' (path '{path}') is not used by this build environment"
                    );
                    continue;
                }

                session.Note($"redirecting '{path}' to \"{target}\"");
                replacements.TryAdd(path, target);
            }
        }
    }

    // The file lay in the builder's sandbox.
    private static void Move(
        BuildEnvironment environment,
        string variable,
        string file,
        string content,
        SortedDictionary<string, string> replacements
    )
    {
        File.WriteAllText(file, content);
        replacements.TryAdd(environment.TextOf(variable), file);
    }
}
