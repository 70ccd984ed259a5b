using System.Collections.Concurrent;
using System.Collections.Immutable;
using Ferry.Build;
using Ferry.Cli.Composition.Files;
using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Parallel;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Values;
using Ferry.Formats;
using Ferry.Formats.ATerm;
using Ferry.Formats.Derivations;
using Ferry.Formats.Hashing;
using Ferry.Formats.Nar;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Building;
using Ferry.Store.Closures;
using Ferry.Store.FileTrees;

namespace Ferry.Cli.Composition;

/// <summary>The store as evaluation sees it: the real one, or only its arithmetic in read-only mode.</summary>
/// <param name="paths">Computes paths, with or without a store.</param>
/// <param name="store">Null without a store (<c>dummy://</c>).</param>
/// <param name="build">Null where nothing can be built.</param>
/// <param name="files">Where sources are read.</param>
/// <param name="access">Widened by what evaluation adds and builds.</param>
/// <param name="isReadOnly">Nothing is written; paths are computed.</param>
internal sealed class EvaluationStore(
    StorePathFactory paths,
    Func<IStore>? store,
    Func<IReadOnlyList<DerivedPath>, BuildReport>? build,
    ISourceFiles files,
    AccessPolicy access,
    bool isReadOnly
) : IEvaluationStore
{
    private readonly ConcurrentDictionary<
        (string Path, string Name, ContentAddressMethod),
        StorePath
    > _added = new();
    private readonly ConcurrentDictionary<StorePath, Derivation> _derivations = new();

    // Trees that can be read at their store path and are in no store yet.
    private readonly ConcurrentDictionary<StorePath, TreeToAdd> _waiting = new();

    // By their targets. Only the evaluating thread builds.
    private readonly Dictionary<string, BuildReport> _failedBuilds = new(StringComparer.Ordinal);

    private readonly DerivationBatch _batch = new(() => Require(store));

    /// <summary>Hears of objects that must be in the store from now on.</summary>
    public Action<StorePath>? Kept { get; set; }

    public StoreDirectory Directory => paths.Directory;

    public StorePathFactory Paths => paths;

    /// <summary>Promises a tree: it is copied when something that is kept refers to it.</summary>
    public void Promise(StorePath path, TreeToAdd tree)
    {
        if (store is null || isReadOnly || !Store().IsValid(path))
            _waiting.TryAdd(path, tree);
        else
            Store().AddTemporaryRoot(path);
    }

    /// <summary>The store does not have it yet, and evaluation sees it all the same.</summary>
    public bool IsPromised(StorePath path) => _waiting.ContainsKey(path);

    /// <summary>Copies those of the paths that were only promised so far.</summary>
    public void Keep(IEnumerable<StorePath> needed)
    {
        if (isReadOnly || (_waiting.IsEmpty && Kept is null))
            return;
        foreach (var path in needed)
        {
            Kept?.Invoke(path);
            if (!_waiting.TryGetValue(path, out var tree))
                continue;
            var added = Guard(() => Store().AddTree(tree));
            if (added != path)
                throw EvaluationException.Failed(
                    $"the source of '{Directory.Format(path)}' has changed while it was being evaluated"
                );
            _waiting.TryRemove(path, out _);
        }
    }

    public void Allow(StorePath path) => access.Allow(Directory.Format(path));

    public Hash ContentHash(StorePath path) =>
        Guard(() => Store().RequireInfo(path)).ContentAddress?.Hash
        ?? throw EvaluationException.Failed(
            $"path '{Directory.Format(path)}' is not known by its contents"
        );

    /// <summary>Puts what evaluation has added into the store, for others to see.</summary>
    public void Flush()
    {
        if (store is not null && !isReadOnly)
            Guard(() => _batch.Flush());
    }

    /// <summary>To be called before a file is read: a derivation must be there when its file is looked at.</summary>
    public void PrepareRead(string path)
    {
        if (
            path.EndsWith(StorePath.DerivationSuffix, StringComparison.Ordinal)
            || path == Directory.Path
        )
            Flush();
    }

    public StorePath AddPath(PathAddition addition)
    {
        if (addition.References.Count > 0)
            Flush();
        if (addition.Filter is not null)
            return CheckHash(addition, Add(addition));
        var path = _added.GetOrAdd(
            (addition.SourcePath, addition.Name, addition.Method),
            _ => Add(addition)
        );
        return CheckHash(addition, path);
    }

    public StorePath AddText(
        string name,
        ByteString text,
        IReadOnlyCollection<StorePath> references
    )
    {
        if (isReadOnly)
            return paths.Text(name, Hash.Compute(HashKind.Sha256, text.Span), references);
        RequireWritable("addToStoreFromDump");
        if (references.Count > 0)
            Flush();
        var path = KeepingInputs(references, () => Store().AddText(name, text.Span, references));
        Allow(path);
        return path;
    }

    public StorePath WriteDerivation(Derivation derivation)
    {
        RequireWritable("writeDerivation");
        var path = isReadOnly
            ? DerivationWriter.PathOf(derivation, paths)
            : KeepingInputs(derivation.InputSources, () => _batch.Add(derivation));
        _derivations.TryAdd(path, derivation);
        return path;
    }

    public Derivation ReadDerivation(StorePath path) =>
        _derivations.GetOrAdd(path, _ => Guard(() => Store().ReadDerivation(path)));

    public bool IsValid(StorePath path) =>
        _waiting.ContainsKey(path)
        || (store is not null && (_batch.Contains(path) || Store().IsValid(path)));

    public IReadOnlyCollection<StorePath> References(StorePath path)
    {
        if (_waiting.ContainsKey(path))
            return [];
        Flush();
        return Guard(() => Store().RequireInfo(path).References);
    }

    public void EnsureValid(StorePath path)
    {
        Keep([path]);
        if (IsValid(path))
            return;
        if (build is null)
            throw EvaluationException.Failed(
                $"cannot substitute path '{Directory.Format(path)}' - no write access to the Nix store"
            );
        Build([new DerivedPath.Opaque(path)]);
    }

    public void Realise(StringContext context)
    {
        var targets = new List<DerivedPath>();
        foreach (var element in context.Elements)
        {
            if (element.Kind == ContextElementKind.Built)
                targets.Add(
                    new DerivedPath.Built(element.Path, ImmutableSortedSet.Create(element.Output))
                );
        }

        if (targets.Count > 0)
            Build(targets);
    }

    private T KeepingInputs<T>(IEnumerable<StorePath> needed, Func<T> act)
    {
        Keep(needed);
        return Guard(act);
    }

    private void Build(IReadOnlyList<DerivedPath> targets)
    {
        Ahead.RequireEvaluatingThread();
        if (build is null)
            throw EvaluationException.Failed("this evaluation has no store");
        Flush();
        var names = string.Join(' ', targets.Select(target => target.Format(Directory)));
        if (!_failedBuilds.TryGetValue(names, out var report))
        {
            report = build(targets);
            // Evaluation may begin anew after a failure; nothing is built a second time for that.
            if (report.Failures.Count > 0)
                _failedBuilds[names] = report;
        }

        foreach (var result in report.Results)
        {
            if (!result.IsSuccess)
                throw EvaluationException
                    .Failed(result.Message ?? $"build of {result.Target.Format(Directory)} failed")
                    .WithExitStatus(FailureExitStatus.Of(report.Failures));
            AllowClosure(result.Outputs.Values);
        }
    }

    // What a build gave may be read with all that it refers to.
    private void AllowClosure(IEnumerable<StorePath> outputs)
    {
        if (access.IsOpen || store is null)
            return;
        foreach (var path in Store().Closure([.. outputs], ClosureOptions.References))
            access.Allow(Directory.Format(path));
    }

    private void RequireWritable(string operation)
    {
        if (store is null && !isReadOnly)
            throw EvaluationException.Failed(
                $"operation '{operation}' is not supported by store 'dummy://'"
            );
    }

    private IStore Store() => Require(store);

    private static IStore Require(Func<IStore>? store) =>
        store?.Invoke() ?? throw EvaluationException.Failed("this evaluation has no store");

    private StorePath Add(PathAddition addition)
    {
        var writer = new SourceTreeWriter(files, addition.Filter);
        void Write(INarTarget target) => writer.Write(addition.SourcePath, target);
        if (isReadOnly)
        {
            var hash =
                addition.Method == ContentAddressMethod.Flat
                    ? Hash.Compute(HashKind.Sha256, files.Read(addition.SourcePath))
                    : NarIdentity.Of(Write).Hash;
            return paths.FixedOutput(
                addition.Name,
                new ContentAddress(addition.Method, hash),
                addition.References
            );
        }

        RequireWritable("addToStoreFromDump");
        return Guard(() =>
            Store()
                .AddTree(
                    new TreeToAdd(addition.Name, Write)
                    {
                        Method = addition.Method,
                        References = addition.References,
                    }
                )
        );
    }

    private StorePath CheckHash(PathAddition addition, StorePath path)
    {
        if (addition.ExpectedHash is { } expected)
        {
            var wanted = paths.FixedOutput(
                addition.Name,
                new ContentAddress(addition.Method, expected),
                []
            );
            if (wanted != path)
                throw EvaluationException.Failed(
                    $"store path mismatch in (possibly filtered) path added from '{addition.SourcePath}'"
                );
        }

        access.Allow(Directory.Format(path));
        return path;
    }

    private static void Guard(Action act) =>
        Guard(() =>
        {
            act();
            return true;
        });

    private static T Guard<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception failure) when (failure is StoreException or BadFormatException)
        {
            throw EvaluationException.From(failure, Hint.FromString(failure.Message));
        }
    }
}
