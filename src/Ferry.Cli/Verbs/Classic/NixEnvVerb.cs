using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Profiles;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Verbs.Classic;

/// <summary><c>nix-env OPERATION [OPTION]... ARGUMENT...</c>. The operation is an option and may stand anywhere.</summary>
internal sealed class NixEnvVerb : Verb
{
    private readonly PackageSource _source = new();
    private readonly PackageOperations _packages;
    private readonly PackageQueryOptions _query;
    private readonly List<string> _flags = [];
    private EnvironmentOperation? _operation;
    private string? _profile;
    private string? _otherProfile;

    public NixEnvVerb() => (_packages, _query) = (new(_source), new(_source));

    public override string Path => "nix-env";

    public override string Summary =>
        "install packages and ask about them with stock's old command";

    public override string Operands => "OPERATION ARGUMENT...";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        DeclareOperations(options);
        _source.Arguments.DeclareArguments(options);
        options.Value("--profile -p", "PATH", "the profile to work on", text => _profile = text);
        options.Value("--file -f", "FILE", "where packages come from", text => _source.File = text);
        options.Value(
            "--system-filter",
            "SYSTEM",
            "only packages of a system",
            text => _source.SystemFilter = text
        );
        options.Switch(
            "--prebuilt-only -b",
            "only packages that need not be built",
            () => _packages.IsPrebuiltOnly = _query.IsPrebuiltOnly = true
        );
        options.Switch("--dry-run", "only say what would be done", () => _packages.IsDryRun = true);
        options.Value(
            "--force-name",
            "NAME",
            "the name that the package gets",
            text => _packages.ForcedName = text
        );
        DeclareInstalling(options);
        _query.Declare((names, summary, set) => Flag(options, names, summary, set));
        options.TakesUnknown = flag =>
        {
            _flags.Add(flag);
            return true;
        };
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (_operation is null)
            throw session.Usage("no operation specified");
        var unknown = _flags.Find(flag => !_operation.Flags.Contains(flag));
        if (unknown is not null)
            throw session.Usage($"unknown flag '{unknown}'");
        if (_packages.IsDryRun)
            session.Note("(dry run; not doing anything)");
        if (_otherProfile is not null)
            _source.Profile = System.IO.Path.GetFullPath(_otherProfile, session.WorkingDirectory);
        _packages.PreservesInstalled = _flags.Contains("-P") || _packages.PreservesInstalled;
        MakeExpressions(session);
        return _operation.Run(session, ProfileOf(session), operands);
    }

    private void DeclareOperations(OptionTable options)
    {
        void Operation(string names, string summary, string flags, OperationBody run) =>
            options.Switch(
                names,
                summary,
                () => Choose(options, new(names, [.. flags.Split(' ')], run))
            );

        const string source = "--from-expression -E --from-profile --attr -A";
        Operation(
            "--install -i",
            "install packages",
            source + " --preserve-installed -P --remove-all -r --priority",
            _packages.Install
        );
        Operation(
            "--upgrade -u",
            "install newer versions of what is installed",
            source + " --lt --leq --eq --always",
            _packages.Upgrade
        );
        Operation("--uninstall -e", "remove packages", "", _packages.Uninstall);
        Operation("--set", "make one package the whole profile", source, _packages.Set);
        Operation(
            "--set-flag",
            "change metadata of installed packages: NAME VALUE PACKAGE...",
            "",
            _packages.SetFlag
        );
        Operation("--query -q", "list packages", PackageQueryOptions.Flags, _query.Run);
        var history = new ProfileOperations(() => _packages.IsDryRun);
        Operation(
            "--switch-profile -S",
            "use another profile: PATH",
            "",
            ProfileOperations.SwitchProfile
        );
        Operation("--switch-generation -G", "switch to a generation", "", history.Switch);
        Operation("--rollback", "switch to the generation before", "", history.RollBack);
        Operation("--list-generations", "list the generations", "", ProfileOperations.List);
        Operation(
            "--delete-generations",
            "delete generations: old, 30d, +5, N...",
            "",
            history.Delete
        );
    }

    private void DeclareInstalling(OptionTable options)
    {
        Flag(
            options,
            "--from-expression -E",
            "arguments are functions that take the value of the file",
            () => _source.Kind = PackageSourceKind.Functions
        );
        Flag(
            options,
            "--attr -A",
            "arguments are attribute paths (with --query: takes one)",
            () => _source.Kind = PackageSourceKind.Attributes
        );
        options.Value(
            "--from-profile",
            "PATH",
            "take packages from another profile",
            text =>
            {
                _flags.Add("--from-profile");
                _source.Kind = PackageSourceKind.Profile;
                _otherProfile = text;
            }
        );
        options.Number(
            "--priority",
            "PRIORITY",
            "of two files with one name, that of the smaller priority wins",
            number =>
            {
                _flags.Add("--priority");
                _packages.Priority = number;
            }
        );
        Flag(
            options,
            "--preserve-installed",
            "keep packages with the same name (also -P)",
            () => _packages.PreservesInstalled = true
        );
        Flag(
            options,
            "--remove-all -r",
            "remove all other packages",
            () => _packages.RemovesOthers = true
        );
        foreach (var extent in Enum.GetValues<UpgradeExtent>())
        {
            var name = extent switch
            {
                UpgradeExtent.Newer => "--lt",
                UpgradeExtent.NewerOrSame => "--leq",
                UpgradeExtent.Same => "--eq",
                _ => "--always",
            };
            Flag(options, name, "which versions are an upgrade", () => _packages.Extent = extent);
        }
    }

    // Which of these an operation takes is known when all are read.
    private void Flag(OptionTable options, string names, string summary, Action set) =>
        options.Add(
            new Option(
                names.Split(' '),
                [],
                summary,
                _ =>
                {
                    _flags.Add(names.Split(' ')[0]);
                    set();
                }
            )
        );

    private void Choose(OptionTable options, EnvironmentOperation operation)
    {
        if (_operation is not null && _operation.Names != operation.Names)
            throw UsageException.Because(Path, "only one operation may be specified");
        _operation = operation;
        if (operation.Flags.Contains("--available"))
        {
            // Here, and only after the operation, the option has an argument.
            options.Value("--attr -A", "PATH", "the attribute to list", _query.SetAttribute);
        }
    }

    // As stock does, so that channels are found as soon as there are any.
    private static void MakeExpressions(Session session)
    {
        var places = new ProfilePlaces(session);
        var folder = places.Expressions;
        if (System.IO.Path.Exists(folder) || new FileInfo(folder).LinkTarget is not null)
            return;
        try
        {
            Directory.CreateDirectory(folder);
            Profile.ReplaceLink(System.IO.Path.Combine(folder, "channels"), places.Channels);
            if (!session.Options.Environment.IsRoot)
                Profile.ReplaceLink(
                    System.IO.Path.Combine(folder, "channels_root"),
                    places.RootChannels
                );
        }
        catch (Exception failure)
            when (failure
                    is IOException
                        or UnauthorizedAccessException
                        or Ferry.Store.StoreException
            )
        {
            // A home that cannot be written to has no expressions; whoever needs some is told so.
        }
    }

    private Profile ProfileOf(Session session)
    {
        var named =
            _profile
            ?? (
                session.Options.Environment.Variable("NIX_PROFILE") is { Length: > 0 } set
                    ? set
                    : null
            );
        return named is null
            ? new ProfilePlaces(session).Default()
            : new(System.IO.Path.GetFullPath(named, session.WorkingDirectory));
    }
}

/// <summary>One thing that <c>nix-env</c> does.</summary>
internal delegate ExitCode OperationBody(
    Session session,
    Profile profile,
    IReadOnlyList<string> operands
);

/// <param name="Names">Its spellings.</param>
/// <param name="Flags">What it understands besides the options that all understand.</param>
/// <param name="Run">Does it.</param>
internal sealed record EnvironmentOperation(
    string Names,
    IReadOnlyList<string> Flags,
    OperationBody Run
);
