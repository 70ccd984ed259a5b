using Ferry.Evaluation;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Values;
using Ferry.Formats;
using Ferry.Formats.ATerm;
using Ferry.Formats.Derivations;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.Builtins.Tests.Hosting;

/// <summary>Computes every path as a real store would, and remembers texts and derivations.</summary>
internal sealed class MemoryStore : IEvaluationStore
{
    private readonly StorePathFactory _paths = new(StoreDirectory.Default);
    private readonly Dictionary<StorePath, StorePath[]> _references = [];

    public Dictionary<StorePath, Derivation> Derivations { get; } = [];

    public StoreDirectory Directory => _paths.Directory;

    // Regular files only; trees are for the store's own tests.
    public StorePath AddPath(PathAddition addition)
    {
        if (!File.Exists(addition.SourcePath))
            throw EvaluationException.Failed($"path '{addition.SourcePath}' does not exist");
        var hash = Hash.Compute(HashKind.Sha256, File.ReadAllBytes(addition.SourcePath));
        return Remember(
            _paths.FixedOutput(addition.Name, new ContentAddress(ContentAddressMethod.Flat, hash)),
            []
        );
    }

    public StorePath AddText(
        string name,
        ByteString text,
        IReadOnlyCollection<StorePath> references
    ) =>
        Remember(
            _paths.Text(name, Hash.Compute(HashKind.Sha256, text.Span), references),
            references
        );

    public StorePath WriteDerivation(Derivation derivation)
    {
        var path = DerivationWriter.PathOf(derivation, _paths);
        Derivations[path] = derivation;
        return Remember(path, derivation.References());
    }

    public Derivation ReadDerivation(StorePath path) =>
        Derivations.TryGetValue(path, out var known) ? known : throw Invalid(path);

    public bool IsValid(StorePath path) => _references.ContainsKey(path);

    public IReadOnlyCollection<StorePath> References(StorePath path) =>
        _references.TryGetValue(path, out var known) ? known : throw Invalid(path);

    public void Allow(StorePath path) { }

    public Hash ContentHash(StorePath path) => throw Invalid(path);

    public void EnsureValid(StorePath path)
    {
        if (!IsValid(path))
            throw Invalid(path);
    }

    public void Realise(StringContext context)
    {
        foreach (var element in context.Elements)
            EnsureValid(element.Path);
    }

    private StorePath Remember(StorePath path, IEnumerable<StorePath> references)
    {
        _references[path] = [.. references];
        return path;
    }

    private EvaluationException Invalid(StorePath path) =>
        EvaluationException.Failed($"path '{Directory.Format(path)}' is not valid");
}
