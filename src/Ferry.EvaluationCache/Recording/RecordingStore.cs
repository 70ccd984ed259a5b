using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Values;
using Ferry.EvaluationCache.Readings;
using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.EvaluationCache.Recording;

/// <summary>Records what a program learns of the store, and what it puts there.</summary>
/// <param name="inner">The store.</param>
/// <param name="readings">Take what is seen.</param>
/// <param name="sources">Sources that can change.</param>
/// <param name="isReadOnly">Nothing is put into the store.</param>
public sealed class RecordingStore(
    IEvaluationStore inner,
    EvaluationReadings readings,
    MountedSources sources,
    bool isReadOnly
) : IEvaluationStore
{
    /// <summary>An object that evaluation sees without the store having it, so that the store need not be asked.</summary>
    public Func<StorePath, bool> IsPromised { get; init; } = static _ => false;

    private readonly StorePathFactory _paths = new(inner.Directory);

    public StoreDirectory Directory => inner.Directory;

    public StorePath AddPath(PathAddition addition)
    {
        // A filter gets the paths as texts.
        if (addition.Filter is not null)
            sources.PathSeen(addition.SourcePath);
        sources.NameSeen(addition.SourcePath);
        if (addition.Filter is not null || !sources.IsRoot(addition.SourcePath))
            return Made(inner.AddPath(addition));
        // The hash of the whole tree says it all.
        using (EvaluationReadings.Pause())
            return Made(inner.AddPath(addition));
    }

    public StorePath AddText(
        string name,
        ByteString text,
        IReadOnlyCollection<StorePath> references
    ) => Made(inner.AddText(name, text, references));

    public StorePath WriteDerivation(Derivation derivation)
    {
        var path = inner.WriteDerivation(derivation);
        if (!isReadOnly)
            readings.AddMade(path, derivation);
        return path;
    }

    public Derivation ReadDerivation(StorePath path) => inner.ReadDerivation(path);

    public bool IsValid(StorePath path)
    {
        var isValid = inner.IsValid(path);
        if (!IsPromised(path))
            readings.AddObject(path, isValid);
        return isValid;
    }

    public IReadOnlyCollection<StorePath> References(StorePath path) => inner.References(path);

    public void EnsureValid(StorePath path)
    {
        inner.EnsureValid(path);
        Made(path);
    }

    public void Allow(StorePath path) => inner.Allow(path);

    public Hash ContentHash(StorePath path) => inner.ContentHash(path);

    public void Realise(StringContext context)
    {
        inner.Realise(context);
        foreach (var element in context.Elements)
        {
            if (element.Kind != ContextElementKind.Built)
                continue;
            var outputs = inner.ReadDerivation(element.Path).KnownOutputPaths(_paths);
            var built = outputs.FirstOrDefault(output => output.Key == element.Output).Value;
            // Where only the build tells the path, another build may tell another one.
            if (built is null)
                readings.Spoil();
            else
                readings.AddMade(built);
        }
    }

    private StorePath Made(StorePath path)
    {
        if (!isReadOnly)
            readings.AddMade(path);
        return path;
    }
}
