using Ferry.Cli.Installables;
using Ferry.Evaluation.Memory;
using Ferry.Flakes.Builtins;
using Ferry.Flakes.Declarations;
using Ferry.Flakes.Evaluation;
using Ferry.Flakes.Locking;
using Ferry.Flakes.References;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Cli.Composition;

/// <summary>Flakes, joined together: references as a person types them, locking, and outputs.</summary>
internal sealed class FlakeSite : IFailureExplainer
{
    // What any flake may set without being asked about: nothing that changes what is built or where from.
    private static readonly HashSet<string> s_harmless =
    [
        "bash-prompt",
        "bash-prompt-prefix",
        "bash-prompt-suffix",
        "flake-registry",
        "commit-lock-file-summary",
        "commit-lockfile-summary",
    ];

    private readonly Session _session;
    private readonly EvaluationSite _evaluation;
    private readonly Lazy<FlakeLocker> _locker;
    private readonly Dictionary<(string, LockOptions), Value> _outputs = [];
    private readonly Dictionary<FlakeOptions, LockOptions> _lockOptions = [];
    private readonly HashSet<string> _refused = [];

    public FlakeSite(Session session, EvaluationSite evaluation, Func<FlakeParts> parts)
    {
        (_session, _evaluation) = (session, evaluation);
        _locker = new Lazy<FlakeLocker>(() =>
            new FlakeLocker(
                parts() with
                {
                    Warn = message => session.Warn(WithColours(message)),
                    ApplySettings = ApplySettings,
                }
            )
        );
        Builtins = new(() => _locker.Value, this);
    }

    public FlakeBuiltins Builtins { get; }

    /// <summary>References on the command line start from the working directory.</summary>
    public FlakeReferenceOptions ReferenceOptions =>
        new()
        {
            BaseFolder = _session.BaseFolder,
            Note = _session.Note,
            Warn = _session.Warn,
        };

    /// <summary>What the options of a command say, read once: only so are two questions about a flake the same.</summary>
    public LockOptions LockOptionsOf(FlakeOptions options)
    {
        if (!_lockOptions.TryGetValue(options, out var known))
            _lockOptions[options] = known = options.ForLocking(_session, _evaluation);
        return known;
    }

    public LockedFlake Lock(FlakeReference reference, LockOptions options) =>
        Explain(() => _locker.Value.Lock(reference, options));

    /// <summary>What a flake says of itself, fetched without its inputs.</summary>
    public Flake Declaration(FlakeReference reference) =>
        Explain(() => _locker.Value.Get(reference, usesRegistries: true));

    /// <summary>The flake of an installable, with the options that it was named with.</summary>
    public LockedFlake Lock(Installable.OfFlake installable) =>
        Lock(installable.Reference, LockOptionsOf(installable.Options));

    /// <summary>The flake as others see it, its outputs among other things.</summary>
    public Value Call(FlakeReference reference, LockOptions options)
    {
        var key = (reference.ToString(), options);
        if (_outputs.TryGetValue(key, out var known))
            return known;
        var caller = new FlakeCaller(_evaluation.Evaluator);
        return _outputs[key] = reference.IsPackageSet
            ? caller.CallPlain(_evaluation.PackageSetFolder())
            : caller.Call(Lock(reference, options));
    }

    /// <summary>A flake on this machine as a lock file would name it.</summary>
    /// <returns>Null for everything else.</returns>
    public string? LiveReference(FlakeReference reference)
    {
        var fetcher = _session.Fetching.Fetcher;
        if (fetcher.Look(reference.Input) is not { } live)
            return null;
        var fetched = live.Fetch();
        // Those of repositories have no hash in their names.
        var input =
            fetched.Input.Type == "git"
                ? fetched.Input
                : fetched.Input.WithNarHash(fetcher.NarHash(fetched));
        return new FlakeReference(input, reference.Folder).ToString();
    }

    /// <summary>Evaluates flakes anew when they are asked for again.</summary>
    public void Forget() => _outputs.Clear();

    public T Explain<T>(Func<T> act) => EvaluationFetcher.Explain(act);

    /// <summary>Takes the settings that a flake asks for, those that the person trusts.</summary>
    public void ApplySettings(IReadOnlyList<(string Name, string Value)> settings)
    {
        _evaluation.Recording?.Readings.AddSettings(settings);
        foreach (var (name, value) in settings)
        {
            var plain = name.StartsWith("extra-", StringComparison.Ordinal) ? name[6..] : name;
            if (s_harmless.Contains(plain) || _session.Settings.Switch("accept-flake-config"))
                _session.Settings.Set(name, value, "the flake's nixConfig");
            else if (_refused.Add(name))
                _session.WarnNow(
                    $"ignoring untrusted flake configuration setting '{name}'.\nPass '--accept-flake-config' to trust it"
                );
        }
    }

    private string WithColours(string message) =>
        _session.UsesColour ? message : TerminalColor.Strip(message);
}
