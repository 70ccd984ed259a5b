using System.Text;
using Ferry.Fetching;
using Ferry.Flakes.Declarations;
using Ferry.Flakes.Locks;
using Ferry.Formats.Hashing;

namespace Ferry.Flakes.Locking;

/// <summary>A flake with everything it needs known.</summary>
/// <param name="Flake">The flake.</param>
/// <param name="LockFile">Its inputs.</param>
/// <param name="Folders">Where the sources are that were fetched meanwhile; all others are fetched when somebody reads them.</param>
public sealed record LockedFlake(
    Flake Flake,
    LockFile LockFile,
    IReadOnlyDictionary<LockNode, string> Folders
)
{
    /// <summary>The lock file was not written, so the source is not what its commit says.</summary>
    public bool IsChanged { get; init; }

    /// <summary>Equal only for flakes with equal sources and locks; null when something in it is not locked.</summary>
    public Hash? Fingerprint(Fetcher fetcher)
    {
        if (LockFile.FindUnlocked(fetcher.Settings) is not null)
            return null;
        var input = Flake.Locked.Input;
        if (fetcher.FingerprintOf(input) is not { } source)
            return null;
        var text = $"{source};{Flake.Locked.Folder};{LockFileWriter.Write(LockFile).Text}";
        if (input.RevisionCount is { } count)
            text += $";revCount={count}";
        if (input.LastModified is { } seconds)
            text += $";lastModified={seconds}";
        return Hash.Compute(HashKind.Sha256, Encoding.UTF8.GetBytes(text));
    }
}
