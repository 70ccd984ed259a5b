using System.Buffers;
using System.Text;
using Ferry.Builtins;
using Ferry.Builtins.Derivations;
using Ferry.Cli.Composition.Files;
using Ferry.Cli.Installables;
using Ferry.Cli.Repl;
using Ferry.Cli.Verbs;
using Ferry.Cli.Verbs.Classic;
using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;
using Ferry.Fetching.Inputs;
using Ferry.Flakes.References;
using Ferry.Formats.StorePaths;
using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Parsing;
using Ferry.Syntax.Printing;
using Ferry.Syntax.Text;

namespace Ferry.Cli.Composition;

/// <summary>Evaluation, joined together: the evaluator with its ports, and the files that a command may see.</summary>
internal sealed partial class EvaluationSite
{
    private static readonly Symbol s_outputs = Symbols.Of("outputs");

    private readonly Session _session;
    private readonly Lazy<Evaluator> _evaluator;
    private readonly EvaluationWatch _watch;
    private readonly AccessPolicy _access;
    private readonly SourceFiles _files;
    private readonly CorePackageFiles _visibleFiles;
    private byte[]? _standardInput;
    private bool _isSetMounted;
    private readonly Lazy<EvaluationStore> _store;
    private readonly Lazy<SourceMounts> _mounts;

    public EvaluationSite(Session session)
    {
        _session = session;
        IsPure = session.Options.IsPure;
        _access = new(IsPure, isOpen: !IsPure && !session.Settings.Switch("restrict-eval"));
        _files = new(_access);
        _watch = new(session);
        _visibleFiles = new(_files);
        _evaluator = new(MakeEvaluator);
        _store = new(MakeStore);
        _mounts = new(() => new(session.Fetching.Fetcher, _store.Value, _files, Recording));
        Flakes = new(session, this, () => new(Evaluator, session.Fetching.Fetcher, _mounts.Value));
    }

    /// <summary>Flakes in this evaluation.</summary>
    public FlakeSite Flakes { get; }

    /// <summary>Nothing is written to the store. Before the first evaluation.</summary>
    public bool IsReadOnly { get; set; }

    public bool IsPure { get; }

    public Evaluator Evaluator => _evaluator.Value;

    /// <summary>Writes what was to be told of evaluation, where there was any.</summary>
    public void Finish()
    {
        if (_evaluator.IsValueCreated)
            _watch.Finish();
    }

    /// <summary>Runs something on the thread that evaluation needs.</summary>
    /// <remarks>Afterwards all that it added is in the store.</remarks>
    public T Run<T>(Func<EvaluationSite, T> action)
    {
        var hasBegun = false;
        return Evaluator.Run(() =>
        {
            // What begins anew must not meet values of the time before.
            if (hasBegun)
                Flakes.Forget();
            hasBegun = true;
            var result = action(this);
            _store.Value.Flush();
            return result;
        });
    }

    /// <summary><see cref="Run{T}"/> without a result.</summary>
    public void Run(Action<EvaluationSite> action) =>
        Run(site =>
        {
            action(site);
            return true;
        });

    /// <summary>The folder of the package set, as evaluation sees it; pure evaluation may read it from now on.</summary>
    public string PackageSetFolder()
    {
        var set = _session.PackageSet;
        if (!_isSetMounted)
        {
            set.Mount(_files, _session.Debian.Pins);
            _access.Allow(set.Folder);
            _isSetMounted = true;
        }

        return set.Folder;
    }

    public string System => _session.Options.System;

    /// <summary>Lets evaluation read a path and everything below it.</summary>
    public void Allow(string path) => _access.Allow(path);

    public Value Text(string text) =>
        Evaluator.Evaluate(SourceText.FromString(text, _session.BaseFolder));

    /// <param name="name">A path, <c>&lt;name></c>, or <c>-</c> for standard input.</param>
    public Value File(string name)
    {
        if (name == "-")
            return Evaluator.Evaluate(StandardInput());
        // Not as an import: the file that a person named gets no line of its own in traces.
        var path = Evaluator.ResolveImport(FilePath(name));
        return Evaluator.Evaluate(Evaluator.ReadSource(path), path);
    }

    /// <summary>Writes the syntax tree of a source as stock prints it.</summary>
    public void ShowSyntax(ExpressionSource source, IBufferWriter<byte> output)
    {
        var text =
            source.IsText ? SourceText.FromString(source.Text, _session.BaseFolder)
            : source.Text == "-" ? StandardInput()
            : Evaluator.ReadSource(Evaluator.ResolveImport(FilePath(source.Text)));
        ExpressionPrinter.Write(Evaluator.ParseAndCheck(text), output);
    }

    /// <summary>Where a person finds a file that evaluation sees: in its working tree, or else in the store.</summary>
    public string RealFile(string path)
    {
        var shown = _files.Show(path);
        if (shown.StartsWith('/') && shown != path)
            return shown;
        var site = _session.Site;
        if (!site.Directory.Contains(path))
            return path;
        var (source, below) = site.Directory.Split(path);
        Evaluator.Store.EnsureValid(source);
        return site.Store.RealPath(source) + below;
    }

    /// <summary>Where <c>&lt;name></c> leads.</summary>
    /// <exception cref="CommandException">Nowhere.</exception>
    public string FindFile(string name)
    {
        try
        {
            var found = Text($"<{name}>").Force();
            return found.IsPath
                ? found.AsPath.ToString()
                : Encoding.UTF8.GetString(Raw(found, "").Span);
        }
        catch (EvaluationException failure) when (failure.IsCatchable)
        {
            // A name from the command line has no place in a program that a trace could show.
            throw new CommandException(failure.Message);
        }
    }

    /// <summary>A file as an import sees it, which traces mention.</summary>
    public Value Import(string name) =>
        name == "-" ? File(name) : Evaluator.EvaluateFile(FilePath(name));

    /// <summary>The packages in a value; functions are called with the command line's arguments.</summary>
    public IReadOnlyList<AttributeSet> Packages(
        Value value,
        IReadOnlyCollection<FunctionArgument> arguments
    ) => PackageSearch.Find(Evaluator, value, Arguments(arguments));

    /// <summary>The packages in a value with where they are; those that fail by an assertion are passed over.</summary>
    public IReadOnlyList<FoundPackage> PackagePlaces(
        Value value,
        IReadOnlyCollection<FunctionArgument> arguments,
        string path
    ) => PackageSearch.FindPlaces(Evaluator, value, Arguments(arguments), path);

    /// <summary>Follows an attribute path, calling functions on the way with the command line's arguments.</summary>
    public Value Select(Value value, string path, IEnumerable<FunctionArgument> arguments) =>
        Evaluator.Select(value, path, Arguments(arguments)).Value;

    /// <summary>Calls a function with those of the command line's arguments that it takes; other values stay.</summary>
    public Value AutoCall(Value value, IReadOnlyCollection<FunctionArgument> arguments) =>
        Evaluator.AutoCall(value, Arguments(arguments));

    /// <returns>Null when an attribute of the path is missing; near names go to <paramref name="suggestions"/>.</returns>
    public static Value? TrySelect(Value value, string path, ICollection<string> suggestions)
    {
        foreach (var name in Evaluator.ParsePath(path))
        {
            var forced = value.Force();
            if (!forced.IsAttributeSet)
                return null;
            var set = forced.AsAttributeSet;
            if (!set.TryGet(Symbols.Of(name), out var found))
            {
                foreach (var near in NearNames.Find(name, Names(set)))
                    suggestions.Add(near);
                return null;
            }

            value = found;
        }

        return value;
    }

    /// <summary>What a flake gives to others.</summary>
    public Value FlakeOutputs(FlakeReference reference, FlakeOptions options)
    {
        var flake = Flakes.Call(reference, Flakes.LockOptionsOf(options)).Force();
        return flake.AsAttributeSet.TryGet(s_outputs, out var outputs)
            ? outputs
            : throw new System.Diagnostics.UnreachableException("a flake has its outputs");
    }

    public Value Apply(string function, Value value) => Evaluator.Call(Text(function), value);

    /// <summary>Fetches a source into the store.</summary>
    /// <returns>Where it is, and what was fetched.</returns>
    public (StorePath Path, FetchInput Fetched) AddSource(FetchInput input) =>
        Flakes.Explain(() =>
        {
            var fetched = _session.Fetching.Fetcher.Fetch(input);
            var path = _mounts.Value.Mount(fetched, fetched.Input).Path;
            _store.Value.Keep([path]);
            return (path, fetched.Input);
        });

    /// <summary>Puts what evaluation has added into the store, where it goes on for long.</summary>
    public void Flush() => _store.Value.Flush();

    /// <summary>Looks at all files and sources again.</summary>
    public void Forget()
    {
        Evaluator.ForgetFiles();
        _session.Fetching.Fetcher.Forget();
        Flakes.Forget();
    }

    /// <summary>Copies sources that evaluation has only read so far.</summary>
    public void Keep(IEnumerable<StorePath> paths) => _store.Value.Keep(paths);

    public static string Describe(Value value) => TypeNames.Show(value);

    private Evaluator MakeEvaluator()
    {
        var settings = Settings();
        MountStore();
        _session.Options.Interruption.Token.Register(Evaluator.Interrupt);
        _files.BeforeRead = _store.Value.PrepareRead;
        var evaluator = new Evaluator(
            new EvaluatorOptions
            {
                Settings = settings,
                Files = _visibleFiles,
                Store = ObservedStore(),
                Environment = ObservedEnvironment(),
                Fetcher = ObservedFetcher(),
                SourceObserver = Recording?.Sources,
                CallObserver = _watch.Observer,
                Debugger = _session.Options.UsesDebugger ? new Debugger(_session, this) : null,
                Debug = new()
                {
                    StopsAtTraces = _session.Settings.Switch("debugger-on-trace"),
                    StopsAtWarnings = _session.Settings.Switch("debugger-on-warn"),
                    IgnoresTries = _session.Settings.Switch("ignore-try"),
                },
                Builtins =
                [
                    .. BuiltinTables.Available(settings.ExperimentalFeatures),
                    .. Flakes.Builtins.Table,
                ],
                Constants = BuiltinTables.Constants(IsPure),
            }
        );
        if (settings.IsRestricted)
            SearchPathAccess.Open(evaluator, _access.Allow);
        return evaluator;
    }

    private void Keep(StringContext context) =>
        _store.Value.Keep(context.Elements.Select(element => element.Path));

    private EvaluationStore MakeStore()
    {
        var site = _session.Site;
        return new(
            new StorePathFactory(site.Directory),
            site.IsDummy ? null : () => _session.Store,
            site.IsDummy ? null : targets => _session.Builds.BuildForEvaluation(targets),
            _visibleFiles,
            _access,
            IsReadOnly
        );
    }

    /// <summary>The absolute path of a file that a person named, perhaps as <c>&lt;name></c>.</summary>
    public string FilePath(string name)
    {
        if (name is ['<', .., '>'])
            return FindFile(name[1..^1]);
        return Path.GetFullPath(name, _session.BaseFolder);
    }

    private SourceText StandardInput()
    {
        // Kept, since evaluation may begin anew.
        if (_standardInput is null)
        {
            using var input = Console.OpenStandardInput();
            using var bytes = new MemoryStream();
            input.CopyTo(bytes);
            _standardInput = bytes.ToArray();
        }
        return SourceText.FromStandardInput(_standardInput, _session.WorkingDirectory);
    }

    private AttributeSet Arguments(IEnumerable<FunctionArgument> arguments)
    {
        // Of two with one name the later one counts.
        var set = new AttributeSetBuilder();
        foreach (var argument in arguments.Reverse())
            set.Add(
                argument.Name,
                argument.IsExpression ? Text(argument.Text) : Value.Of(argument.Text)
            );
        return set.Build();
    }

    private static IEnumerable<string> Names(AttributeSet set)
    {
        for (var index = 0; index < set.Count; index++)
            yield return set.SymbolAt(index).ToString();
    }

    private EvaluationSettings Settings()
    {
        var settings = _session.Settings;
        return new EvaluationSettings
        {
            IsPure = IsPure,
            IsRestricted = settings.Switch("restrict-eval"),
            AllowedUris = settings.Words("allowed-uris"),
            SearchPath = IsPure ? [] : SearchPathText.Parse(_session.Options),
            AllowsImportFromDerivation = settings.Switch("allow-import-from-derivation"),
            IsReadOnly = IsReadOnly,
            ShowsTrace = settings.Switch("show-trace"),
            TracesImportFromDerivation = settings.Switch("trace-import-from-derivation"),
            TracesVerbosely = settings.Switch("trace-verbose"),
            Cores = settings.Number("eval-cores") is > 0 and var cores
                ? cores
                : Environment.ProcessorCount,
            AbortsOnWarning =
                settings.Switch("abort-on-warn")
                || _session.Options.Environment.Variable("NIX_ABORT_ON_WARN")
                    is "1"
                        or "yes"
                        or "true",
            CallDepthMax = settings.Number("max-call-depth"),
            WorkingDirectory = _session.WorkingDirectory,
            HomeDirectory = _session.Options.Environment.Home,
            ExperimentalFeatures = settings.Words("experimental-features"),
            UrlLiterals = Lint("lint-url-literals"),
            AbsolutePathLiterals = Lint("lint-absolute-path-literals"),
            ShortPathLiterals = Lint("lint-short-path-literals"),
        };

        LintLevel Lint(string name) =>
            settings.Text(name) switch
            {
                "ignore" => LintLevel.Ignore,
                "warn" => LintLevel.Warn,
                "fatal" => LintLevel.Fatal,
                var other => throw new CommandException(
                    $"setting '{name}' has invalid value '{other}'; expected 'ignore', 'warn' or 'fatal'"
                ),
            };
    }
}
