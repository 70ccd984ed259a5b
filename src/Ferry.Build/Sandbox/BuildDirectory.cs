using System.Text;
using Ferry.Formats;
using Ferry.Platform;
using Ferry.Platform.Files;

namespace Ferry.Build.Sandbox;

/// <summary>The directory that a builder sees as <c>/build</c>, and that is gone after the build.</summary>
/// <remarks>
/// <c>TOP/build</c> is the build's; <c>TOP</c> is the caller's alone, so that no other user of the machine can look in.
/// <c>TOP.lock</c> beside it is locked while its owner lives: a directory whose lock is free was left by a killed process.
/// The lock file names the build's scratch store, which such a process leaves behind as well.
/// </remarks>
public sealed class BuildDirectory : IDisposable
{
    // Stock's as well, whose directories have no locks beside them and are left alone.
    private const string Prefix = "nix-";
    private const string LockSuffix = ".lock";
    private const int OwnerOnly = 0b111_000_000;
    private const int Everyone = 0b111_101_101;

    private readonly FileLock _lock;
    private bool _isKept;

    private BuildDirectory(string top, FileLock held) => (Top, _lock) = (top, held);

    public string Top { get; }

    /// <summary>What the builder sees.</summary>
    public string Build => Path.Combine(Top, "build");

    /// <param name="parent">Made when missing.</param>
    /// <param name="name">Helps a person to find a kept one.</param>
    /// <param name="scratch">The scratch store, which is made after this.</param>
    public static BuildDirectory Create(string parent, string name, string scratch)
    {
        Directory.CreateDirectory(parent);
        using var sweep = FileLock.Open(parent + LockSuffix);
        sweep.Acquire(FileLockKind.Shared);
        for (var number = 0; ; number++)
        {
            var top = Path.Combine(parent, $"{Prefix}{name}-{number}");
            var held = FileLock.Open(top + LockSuffix);
            if (held.TryAcquire(FileLockKind.Exclusive) && !held.IsStale())
            {
                if (Names.TryMakeDirectory(top, OwnerOnly))
                {
                    RandomAccess.SetLength(held.Handle, 0);
                    RandomAccess.Write(held.Handle, Encoding.UTF8.GetBytes(scratch), 0);
                    var directory = new BuildDirectory(top, held);
                    Names.MakeDirectory(directory.Build, OwnerOnly);
                    return directory;
                }

                // A kept one of an earlier build; its lock file was not needed any more.
                _ = Names.RemoveFile(top + LockSuffix);
            }

            held.Dispose();
        }
    }

    /// <summary>Removes what killed processes left behind in a parent directory and in the store.</summary>
    public static void Sweep(string parent)
    {
        if (!Directory.Exists(parent))
            return;

        // While no build can begin: one that did might take over a scratch store that looks abandoned.
        using var sweep = FileLock.Open(parent + LockSuffix);
        sweep.Acquire(FileLockKind.Exclusive);
        var inUse = new HashSet<string>();
        var abandoned = new List<(FileLock Lock, string Scratch)>();
        foreach (var file in Directory.EnumerateFiles(parent, $"{Prefix}*{LockSuffix}"))
        {
            var candidate = FileLock.Open(file);
            var scratch = Content(candidate);
            if (candidate.TryAcquire(FileLockKind.Exclusive))
            {
                abandoned.Add((candidate, scratch));
                continue;
            }

            inUse.Add(scratch);
            candidate.Dispose();
        }

        foreach (var (held, scratch) in abandoned)
        {
            if (
                scratch.EndsWith(ScratchStore.Suffix, StringComparison.Ordinal)
                && !inUse.Contains(scratch)
            )
                Trees.Remove(scratch);
            Trees.Remove(held.Path.ToString()[..^LockSuffix.Length]);
            _ = Names.RemoveFile(held.Path);
            held.Dispose();
        }
    }

    // Through the handle that is open already: .NET locks every file that it opens itself, and this one is locked.
    private static string Content(FileLock file)
    {
        var content = new byte[RandomAccess.GetLength(file.Handle)];
        var length = RandomAccess.Read(file.Handle, content, 0);
        return Encoding.UTF8.GetString(content, 0, length);
    }

    /// <summary>Writes a file for the builder to find.</summary>
    public void Write(string name, ByteString content, BuildUser user)
    {
        var path = Path.Combine(Build, name);
        using (
            var file = FileHandles.Open(
                path,
                FileOpening.Write | FileOpening.Create | FileOpening.New,
                0b110_100_100
            )
        )
            RandomAccess.Write(file, content.Span, 0);
        user.Own(path);
    }

    /// <summary>Leaves the directory to the caller after a failure.</summary>
    /// <returns>Where it is.</returns>
    public string Keep()
    {
        _isKept = true;
        if (UserIdentity.IsRoot)
            GiveToCaller(Build);
        FileMetadata.ChangeMode(Top, Everyone);
        return Build;
    }

    public void Dispose()
    {
        if (!_isKept)
        {
            // Closed first: should a removal fail, nobody else reaches what the build left.
            if (Directory.Exists(Top))
                FileMetadata.ChangeMode(Top, 0);
            Trees.Remove(Top);
        }

        _ = Names.RemoveFile(Top + LockSuffix);
        _lock.Dispose();
    }

    private static void GiveToCaller(NativePath path)
    {
        FileMetadata.ChangeOwner(path, UserIdentity.User, UserIdentity.Group);
        if (FileStatus.Get(path).Kind != FileKind.Directory)
            return;
        foreach (var name in DirectoryListing.Read(path))
            GiveToCaller(path.Append(name));
    }
}
