using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Values;
using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.Evaluation.Tests.Hosting;

/// <summary>A store that computes paths and keeps nothing.</summary>
internal sealed class NoStore : IEvaluationStore
{
    private readonly StorePathFactory _paths = new(StoreDirectory.Default);

    public StoreDirectory Directory => _paths.Directory;

    // The content hash is of the path's text: enough for tests, which never look into files.
    public StorePath AddPath(PathAddition addition) =>
        _paths.Make("source", HashOf(addition.SourcePath), addition.Name);

    public StorePath AddText(
        string name,
        ByteString text,
        IReadOnlyCollection<StorePath> references
    ) => _paths.Text(name, HashOf(text), references);

    public StorePath WriteDerivation(Derivation derivation) =>
        throw EvaluationException.Failed("this store takes no derivations");

    public Derivation ReadDerivation(StorePath path) =>
        throw EvaluationException.Failed("this store has no derivations");

    public bool IsValid(StorePath path) => false;

    public IReadOnlyCollection<StorePath> References(StorePath path) => [];

    public void Allow(StorePath path) { }

    public Hash ContentHash(StorePath path) =>
        throw EvaluationException.Failed($"path '{path}' is not valid");

    public void EnsureValid(StorePath path) =>
        throw EvaluationException.Failed($"path '{path}' is not valid");

    public void Realise(StringContext context) { }

    private static Hash HashOf(ByteString text) => Hash.Compute(HashKind.Sha256, text.Span);
}
