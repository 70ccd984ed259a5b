using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Fetching.Registries;
using Ferry.Flakes.Locking;
using Ferry.Flakes.Locks;
using Ferry.Flakes.References;

namespace Ferry.Cli.Installables;

/// <summary>The options by which a command is told what to do with lock files and registries.</summary>
internal sealed class FlakeOptions
{
    private readonly List<(string Input, string Reference)> _overrides = [];
    private readonly List<(string From, string To)> _registryOverrides = [];
    private readonly List<string> _updates = [];
    private readonly List<string> _inputsFrom = [];
    private bool _recreates;
    private bool _mayWrite = true;
    private bool _commits;
    private bool _hasNoRegistries;
    private string? _referenceFile;
    private string? _outputFile;

    /// <summary>Inputs to forget the locks of, as <c>flake update</c> takes them.</summary>
    public IList<string> Updates => _updates;

    /// <summary>The lock file is computed anew.</summary>
    public void Recreate() => _recreates = true;

    /// <summary>Nothing is written, whatever the lock file lacks.</summary>
    public void KeepLockFile() => _mayWrite = false;

    public void Declare(OptionTable options)
    {
        options.Pair(
            "--override-input",
            "INPUT",
            "REFERENCE",
            "use another flake for an input; implies --no-write-lock-file",
            (input, reference) =>
            {
                _overrides.Add((input, reference));
                _mayWrite = false;
            }
        );
        options.Pair(
            "--override-flake",
            "NAME",
            "REFERENCE",
            "let a name mean another flake",
            (from, to) => _registryOverrides.Add((from, to))
        );
        options.Switch(
            "--recreate-lock-file",
            "compute the lock file anew",
            () => _recreates = true
        );
        options.Value(
            "--update-input",
            "INPUT",
            "forget the lock of an input",
            text => _updates.Add(text)
        );
        options.Switch(
            "--no-write-lock-file",
            "leave the lock file alone",
            () => _mayWrite = false
        );
        options.Switch("--commit-lock-file", "commit the changed lock file", () => _commits = true);
        options.Switch(
            "--no-registries",
            "look no name up in registries",
            () => _hasNoRegistries = true
        );
        options.Value(
            "--inputs-from",
            "FLAKE",
            "let names mean the inputs of a flake",
            text => _inputsFrom.Add(text)
        );
        options.Value(
            "--reference-lock-file",
            "FILE",
            "read this lock file in place of the flake's own",
            text => _referenceFile = text
        );
        options.Value(
            "--output-lock-file",
            "FILE",
            "write this lock file in place of the flake's own",
            text => _outputFile = text
        );
    }

    /// <summary>The options in words; equal only for options that mean the same.</summary>
    /// <returns>Null for options by which the command does something to a lock file.</returns>
    public IReadOnlyList<string>? Describe(Session session)
    {
        if (
            _recreates
            || _commits
            || _updates.Count > 0
            || _inputsFrom.Count > 0
            || _outputFile is not null
            || _referenceFile is not null
        )
            return null;
        var options = session.Evaluation.Flakes.ReferenceOptions with { AllowsMissing = true };
        return
        [
            $"{_mayWrite} {_hasNoRegistries} {session.Options.IsLockFixed}",
            .. _overrides.SelectMany(pair => Words("input", pair)),
            .. _registryOverrides.SelectMany(pair => Words("flake", pair)),
        ];

        string[] Words(string what, (string Name, string Reference) pair) =>
            [what, pair.Name, FlakeReference.Parse(pair.Reference, options).Attributes.ToJson()];
    }

    /// <summary>What the options say; asked for by <see cref="FlakeSite.LockOptionsOf"/>. On the evaluation thread.</summary>
    public LockOptions ForLocking(Session session, EvaluationSite site)
    {
        var folder = session.WorkingDirectory;
        FlakeReference Parse(string text) =>
            FlakeReference.Parse(text, site.Flakes.ReferenceOptions with { AllowsMissing = true });

        foreach (var (from, to) in _registryOverrides)
        {
            var target = Parse(to);
            session.Fetching.Fetcher.Registries.Override(
                new RegistryEntry(
                    FlakeReference.Parse(from, new FlakeReferenceOptions()).Input,
                    target.Input
                )
                {
                    Folder = target.Folder.Length > 0 ? target.Folder : null,
                }
            );
        }

        TakeInputs(session, site, Parse);
        return new LockOptions
        {
            Recreates = _recreates,
            MayUpdate = !session.Options.IsLockFixed,
            Writes = _mayWrite || _outputFile is not null,
            UsesRegistries = _hasNoRegistries ? false : null,
            Commits = _commits,
            CommitSummary = session.Settings.Text("commit-lock-file-summary"),
            ReferenceFile = _referenceFile is null
                ? null
                : Path.GetFullPath(_referenceFile, folder),
            OutputFile = _outputFile is null ? null : Path.GetFullPath(_outputFile, folder),
            Overrides =
            [
                .. _overrides.Select(pair => (InputPath.Parse(pair.Input), Parse(pair.Reference))),
            ],
            Updates = _updates.Select(InputPath.Parse).ToHashSet(),
        };
    }

    // The inputs of another flake become names, with the versions that its lock file says.
    private void TakeInputs(
        Session session,
        EvaluationSite site,
        Func<string, FlakeReference> parse
    )
    {
        foreach (var text in _inputsFrom)
        {
            var locked = site.Flakes.Lock(parse(text), new LockOptions { Writes = false });
            foreach (var (name, edge) in locked.LockFile.Root.Inputs)
            {
                var node = edge is LockEdge.To to
                    ? to.Node
                    : locked.LockFile.Find(((LockEdge.Follows)edge).Path) as LockedNode;
                if (node is null)
                    continue;
                session.Fetching.Fetcher.Registries.Override(
                    new RegistryEntry(
                        FlakeReference.Parse(name, new FlakeReferenceOptions()).Input,
                        node.Locked.Input
                    )
                    {
                        Folder = node.Locked.Folder.Length > 0 ? node.Locked.Folder : null,
                    }
                );
            }
        }
    }
}
