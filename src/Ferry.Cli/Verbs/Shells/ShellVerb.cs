using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;
using Ferry.Store.Building;

namespace Ferry.Cli.Verbs.Shells;

/// <summary>Becomes a shell, or another program, that finds the programs of packages.</summary>
internal sealed class ShellVerb(string path) : Verb
{
    private const string SearchPath = "PATH";

    // Written by stdenv: what must be there for the person of whoever installs the package.
    private const string PropagatedFile = "/nix-support/propagated-user-env-packages";

    private static readonly char[] s_blanks = [' ', '\t', '\n', '\r'];

    private readonly InstallableOptions _installables = new();
    private readonly EnvironmentOptions _environment = new();
    private IReadOnlyList<string> _command = [];

    public override string Path => path;

    public override string Summary => "start a shell that has the programs of packages";

    public override string Operands => "INSTALLABLE...";

    public override InstallableOptions Installables => _installables;

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _installables.Declare(options, shared);
        _environment.Declare(options);
        options.Rest(
            "--command -c",
            "COMMAND [ARGUMENT]...",
            "run this program instead of $SHELL",
            words => _command = words
        );
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var variables = _environment.Apply(session);
        var targets = _installables.Targets(session, operands);
        var results = session.Builds.Build(targets, BuildMode.Normal);
        var folders = Folders(session, results.SelectMany(ResultLinks.PathsOf));
        variables[SearchPath] = string.Join(
            ':',
            variables.TryGetValue(SearchPath, out var others) && others.Length > 0
                ? folders.Append(others)
                : folders
        );
        var own = session.Options.Environment.Variable("SHELL");
        IReadOnlyList<string> command = _command.Count > 0 ? _command : [own ?? "bash"];
        return session.Programs.Run(
            new(command[0])
            {
                Arguments = [.. command.Skip(1)],
                Variables = variables,
                System = ForeignSystem(session, targets),
            }
        );
    }

    // Folders of programs: of the packages, in their order, then of those that they bring along.
    private static List<string> Folders(Session session, IEnumerable<StorePath> packages)
    {
        var folders = new List<string>();
        var done = new HashSet<StorePath>();
        var waiting = new Queue<StorePath>(packages);
        while (waiting.TryDequeue(out var package))
        {
            if (!done.Add(package))
                continue;
            var place = session.Store.Directory.Format(package);
            folders.Add(ProgramFolder(session, place));
            if (session.Files.Follow(place + PropagatedFile) is { Kind: FileKind.Regular } file)
            {
                var names = File.ReadAllText(file.RealPath)
                    .Split(s_blanks, StringSplitOptions.RemoveEmptyEntries);
                foreach (var name in names)
                    waiting.Enqueue(session.Store.Directory.Parse(name));
            }
        }

        return folders;
    }

    // Links are followed, so that a package may be a link to another one, but not out of the store.
    private static string ProgramFolder(Session session, string package)
    {
        var place = session.Files.Follow(package)?.Path ?? LinkTarget(session, package);
        var folder = session.Files.Follow(place + "/bin")?.Path ?? place + "/bin";
        return session.Store.Directory.Contains(folder)
            ? folder
            : throw new CommandException($"path '{folder}' is not in the Nix store");
    }

    // Of a link that leads nowhere.
    private static string LinkTarget(Session session, string package) =>
        new FileInfo(session.Files.Real(package) ?? package).LinkTarget ?? package;

    /// <returns>Null when this machine's processor runs all programs, as far as derivations say.</returns>
    private static string? ForeignSystem(Session session, IEnumerable<Target> targets) =>
        targets
            .Select(target => target.Path)
            .OfType<DerivedPath.Built>()
            .Select(built => session.Store.ReadDerivation(built.Derivation).System.ToString())
            .FirstOrDefault(system => !session.Emulators.RunsNatively(system));
}
