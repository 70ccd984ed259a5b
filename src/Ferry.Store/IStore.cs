using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.Hashing;
using Ferry.Formats.Nar;
using Ferry.Formats.StorePaths;

namespace Ferry.Store;

/// <summary>A set of valid store objects and what is known of them. Any number of threads may use one.</summary>
/// <remarks>
/// Valid means: registered, complete, and all its references valid too. Methods that add do nothing when the object is
/// valid already, and add a temporary root before they start, so that what they return stays until the process ends.
/// </remarks>
public interface IStore
{
    /// <summary>The prefix of the paths in this store, usually <c>/nix/store</c>.</summary>
    StoreDirectory Directory { get; }

    /// <summary>Computes paths for <see cref="Directory"/>.</summary>
    StorePathFactory Paths { get; }

    /// <summary>Hashes derivations of this store; shared by all that add or read some, so that each is hashed once.</summary>
    DerivationHasher Hasher { get; }

    /// <summary>Where the object's files lie on this machine; not the same as its text when the store is elsewhere.</summary>
    string RealPath(StorePath path);

    bool IsValid(StorePath path);

    /// <returns>Null when the path is not valid.</returns>
    PathInfo? QueryInfo(StorePath path);

    /// <summary>The valid path with these 32 characters at its start; null when there is none.</summary>
    StorePath? QueryPathFromDigest(string digest);

    /// <summary>Every valid path, in order. O(store).</summary>
    IReadOnlyList<StorePath> QueryAllValid();

    /// <summary>Valid paths that refer to this one, in order.</summary>
    IReadOnlyList<StorePath> QueryReferrers(StorePath path);

    /// <summary>Valid derivations that have this path as an output, in order.</summary>
    IReadOnlyList<StorePath> QueryValidDerivers(StorePath path);

    /// <summary>The outputs of a derivation in the store with their paths, valid or not; null where only a build can tell.</summary>
    SortedMap<ByteString, StorePath?> QueryDerivationOutputs(StorePath derivation);

    /// <summary>Reads a derivation; it need not be registered, only be there.</summary>
    /// <exception cref="StoreException">There is none, or the file is broken.</exception>
    Derivation ReadDerivation(StorePath path);

    /// <summary>Adds a file with these contents and references: derivations and <c>builtins.toFile</c>.</summary>
    /// <exception cref="StoreException">A reference is not valid.</exception>
    StorePath AddText(
        string name,
        ReadOnlySpan<byte> contents,
        IReadOnlyCollection<StorePath> references
    );

    /// <summary>Writes a derivation, whose output paths are filled in, to the store.</summary>
    /// <exception cref="StoreException">One of its inputs is not valid.</exception>
    StorePath AddDerivation(Derivation derivation);

    /// <summary>Writes many derivations, whose output paths are filled in, all or none; one may need those before it.</summary>
    /// <param name="derivations">By the paths that they get.</param>
    /// <exception cref="StoreException">An input that is not among them is not valid.</exception>
    void AddDerivations(IReadOnlyDictionary<StorePath, Derivation> derivations);

    /// <summary>Adds a file tree under the path that follows from its contents.</summary>
    /// <exception cref="StoreException">The tree cannot be read or is no tree that a store can hold.</exception>
    StorePath AddTree(TreeToAdd tree);

    /// <summary>Adds the object that a NAR holds, checking its hash and size.</summary>
    /// <param name="info">What is to be registered.</param>
    /// <param name="nar">Uncompressed; read to the end of the NAR, not further.</param>
    /// <exception cref="StoreException">The NAR is broken or is not what <paramref name="info"/> says, or a reference is not valid.</exception>
    void AddNar(PathInfo info, Stream nar);

    /// <summary>Keeps a path from the collector until this process ends. The path need not be valid yet.</summary>
    void AddTemporaryRoot(StorePath path);
}

/// <summary>A file tree on its way into a store.</summary>
/// <param name="Name">Of the store path.</param>
/// <param name="Write">
/// Hands the tree to a target. Called once, and once more when the tree is both new and too large to keep in memory; it must
/// give the same each time. No lock is held meanwhile, so it may use the store.
/// </param>
public sealed record TreeToAdd(string Name, Action<INarTarget> Write)
{
    public ContentAddressMethod Method { get; init; } = ContentAddressMethod.Recursive;

    public HashKind HashKind { get; init; } = HashKind.Sha256;

    public IReadOnlyCollection<StorePath> References { get; init; } = [];
}
