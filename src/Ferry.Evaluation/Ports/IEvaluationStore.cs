using Ferry.Evaluation.Values;
using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.Evaluation.Ports;

/// <summary>What <see cref="IEvaluationStore.AddPath"/> is to add.</summary>
/// <param name="Name">The name part of the store path.</param>
/// <param name="SourcePath">Absolute; read through the evaluator's <see cref="ISourceFiles"/>.</param>
public sealed record PathAddition(string Name, string SourcePath)
{
    /// <summary>How the contents are hashed: <see cref="ContentAddressMethod.Recursive"/> or <see cref="ContentAddressMethod.Flat"/>.</summary>
    public ContentAddressMethod Method { get; init; } = ContentAddressMethod.Recursive;

    /// <summary>Null adds everything. Gets the absolute path and kind of each entry below the source.</summary>
    public Func<string, SourceFileKind, bool>? Filter { get; init; }

    /// <summary>Null when any content is right.</summary>
    public Hash? ExpectedHash { get; init; }

    /// <summary>What the object is to refer to: nothing, unless the source lies in the store itself.</summary>
    public IReadOnlyCollection<StorePath> References { get; init; } = [];
}

/// <summary>The store as a program sees it. Any number of threads may call.</summary>
/// <remarks>Failures are <see cref="EvaluationException"/>s with stock's wording.</remarks>
public interface IEvaluationStore
{
    StoreDirectory Directory { get; }

    /// <summary>Copies a file tree; in read-only mode only computes its path.</summary>
    StorePath AddPath(PathAddition addition);

    /// <summary>Adds a text with references, as <c>builtins.toFile</c> does.</summary>
    StorePath AddText(string name, ByteString text, IReadOnlyCollection<StorePath> references);

    /// <summary>Writes a derivation whose output paths are filled in; in read-only mode only computes its path.</summary>
    StorePath WriteDerivation(Derivation derivation);

    Derivation ReadDerivation(StorePath path);

    bool IsValid(StorePath path);

    /// <summary>What a valid store object refers to, perhaps itself.</summary>
    /// <exception cref="EvaluationException">The object is not valid.</exception>
    IReadOnlyCollection<StorePath> References(StorePath path);

    /// <summary>Makes sure the object is there, by substitution if need be.</summary>
    void EnsureValid(StorePath path);

    /// <summary>Lets the program read an object, where not everything may be read.</summary>
    void Allow(StorePath path);

    /// <summary>The hash by which a fetched file or tree is known.</summary>
    /// <exception cref="EvaluationException">The object is not valid, or was built from something.</exception>
    Hash ContentHash(StorePath path);

    /// <summary>Builds or fetches everything a context names, for import from derivation.</summary>
    void Realise(StringContext context);
}
