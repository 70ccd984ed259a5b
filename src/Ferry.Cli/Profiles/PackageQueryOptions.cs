using Ferry.Cli.Composition;
using Ferry.Cli.Verbs;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Profiles;

/// <summary><c>nix-env --query</c>: lists installed or available packages.</summary>
internal sealed class PackageQueryOptions(PackageSource source)
{
    public const string Flags =
        "--installed --available --status --no-name --system --description --compare-versions --drv-path "
        + "--out-path --meta --xml --json --attr-path -P";

    private bool _isAvailable;
    private bool _isJson;
    private bool _isXml;
    private string _attribute = "";

    public bool ShowsStatus { get; private set; }

    public bool ShowsName { get; private set; } = true;

    public bool ShowsAttributePath { get; private set; }

    public bool ShowsSystem { get; private set; }

    public bool ShowsDerivationPath { get; private set; }

    public bool ShowsOutputPath { get; private set; }

    public bool ShowsDescription { get; private set; }

    public bool ShowsMeta { get; private set; }

    public bool ComparesVersions { get; private set; }

    /// <summary>Only packages that need not be built.</summary>
    public bool IsPrebuiltOnly { get; set; }

    public void Declare(Action<string, string, Action> flag)
    {
        flag("--installed", "list what is installed", () => _isAvailable = false);
        flag("--available -a", "list what could be installed", () => _isAvailable = true);
        flag("--status -s", "say what is installed and valid", () => ShowsStatus = true);
        flag("--no-name", "leave names out", () => ShowsName = false);
        flag("--attr-path", "show where packages are (also -P)", () => ShowsAttributePath = true);
        flag("-P", "with --query as --attr-path", () => ShowsAttributePath = true);
        flag("--system", "show systems", () => ShowsSystem = true);
        flag("--description", "show descriptions", () => ShowsDescription = true);
        flag(
            "--compare-versions -c",
            "compare installed and available versions",
            () => ComparesVersions = true
        );
        flag("--drv-path", "show derivations", () => ShowsDerivationPath = true);
        flag("--out-path", "show output paths", () => ShowsOutputPath = true);
        flag("--meta", "print metadata (with --json or --xml)", () => ShowsMeta = true);
        flag("--xml", "print XML", () => _isXml = true);
        flag("--json", "print JSON", () => _isJson = true);
    }

    /// <summary>What to list the packages below of.</summary>
    public void SetAttribute(string path) => _attribute = path;

    public ExitCode Run(Session session, Profile profile, IReadOnlyList<string> operands)
    {
        if (ShowsAttributePath && !_isAvailable)
            throw session.Usage("--attr-path(-P) only works with --available");
        session.Evaluation.IsReadOnly = true;
        var output = EnvironmentRun.Evaluate(session, run => Text(run, profile, operands));
        session.Write(output);
        return ExitCode.Success;
    }

    private byte[] Text(EnvironmentRun run, Profile profile, IReadOnlyList<string> operands)
    {
        var installed =
            !_isAvailable || ComparesVersions || ShowsStatus ? run.Installed(profile.Link) : [];
        var available = _isAvailable || ComparesVersions ? source.Available(run, _attribute) : [];
        var (wanted, others) = _isAvailable ? (available, installed) : (installed, available);
        var packages = run
            .Selection.Filter(wanted, operands, newestOnly: false)
            .OrderBy(package => package.Name, NameOrder.Instance)
            .ToList();
        var paths = ShowsStatus ? installed.Select(package => package.OutputPath).ToHashSet() : [];
        var query = new PackageQuery(run, this, others, paths);
        return _isJson ? new PackageJson(query, this).Print(packages)
            : _isXml ? new PackageXml(query, this).Print(packages)
            : query.Table(packages);
    }

    // Letters of either case are the same.
    private sealed class NameOrder : IComparer<string>
    {
        public static readonly NameOrder Instance = new();

        public int Compare(string? left, string? right) =>
            string.CompareOrdinal(left?.ToUpperInvariant(), right?.ToUpperInvariant());
    }
}
