using System.ComponentModel;
using Ferry.Formats;
using Ferry.Formats.ATerm;
using Ferry.Formats.Derivations;
using Ferry.Formats.Hashing;
using Ferry.Formats.Nar;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;
using Ferry.Store.FileTrees;
using Ferry.Store.Local.Locks;

namespace Ferry.Store.Local;

public sealed partial class LocalStore
{
    public StorePath AddText(
        string name,
        ReadOnlySpan<byte> contents,
        IReadOnlyCollection<StorePath> references
    )
    {
        var address = new ContentAddress(
            ContentAddressMethod.Text,
            Hash.Compute(HashKind.Sha256, contents)
        );
        var path = CheckedFormat(() => Paths.Text(name, address.Hash, references));
        var copy = contents.ToArray();
        Add(
            path,
            target =>
            {
                target.BeginFile(isExecutable: false, copy.Length);
                target.FileContents(copy);
                target.EndFile();
            },
            nar => new PathInfo(path, nar.Hash, nar.Size)
            {
                References = [.. references],
                ContentAddress = address,
            }
        );
        return path;
    }

    public StorePath AddDerivation(Derivation derivation)
    {
        var contents = DerivationWriter.Write(derivation, Paths);
        var path = AddText(
            derivation.Name + StorePath.DerivationSuffix,
            contents,
            derivation.References()
        );
        Hasher.Remember(path, derivation);
        return path;
    }

    public StorePath AddTree(TreeToAdd tree)
    {
        // Hashing first costs a second reading of what is new, and spares the writing of what is there already.
        var hash = CheckedFormat(() => HashOf(tree));
        var address = new ContentAddress(tree.Method, hash);
        var path = CheckedFormat(() => Paths.FixedOutput(tree.Name, address, tree.References));
        Add(
            path,
            tree.Write,
            nar =>
            {
                if (
                    tree is { Method: ContentAddressMethod.Recursive, HashKind: HashKind.Sha256 }
                    && nar.Hash != hash
                )
                    throw new StoreException(
                        $"the source of '{Directory.Format(path)}' has changed while it was being added"
                    );
                return new PathInfo(path, nar.Hash, nar.Size)
                {
                    References = [.. tree.References],
                    ContentAddress = address,
                };
            }
        );
        return path;
    }

    public void AddNar(PathInfo info, Stream nar)
    {
        using var hashed = new HashingReader(HashKind.Sha256, nar);
        var isRead = false;
        Add(
            info.Path,
            target =>
            {
                isRead = true;
                NarReader.Read(hashed, target);
            },
            _ =>
            {
                RequireEqual(info, hashed.Finish(), hashed.Count);
                return info;
            }
        );
        // The caller's stream goes on behind the archive.
        if (!isRead)
            NarReader.Read(nar, NoTarget.Instance);
    }

    private void RequireEqual(PathInfo info, Hash hash, long size)
    {
        var shown = Directory.Format(info.Path);
        if (hash != info.NarHash)
            throw new StoreException(
                $"hash mismatch importing path '{shown}';\n  specified: {info.NarHash.ToNix32WithKind()}\n  got:       {hash.ToNix32WithKind()}"
            );
        if (size != info.NarSize)
            throw new StoreException(
                $"size mismatch importing path '{shown}';\n  specified: {info.NarSize}\n  got:       {size}"
            );
    }

    // Writes the object and registers it, unless it is valid. What a killed predecessor left is replaced.
    private void Add(StorePath path, Action<INarTarget> write, Func<NarIdentity, PathInfo> describe)
    {
        AddTemporaryRoot(path);
        if (IsValid(path))
            return;
        var realPath = RealPath(path);
        using var locks = PathLocks.Acquire([realPath]);
        if (!IsValid(path))
        {
            try
            {
                Trees.Remove(realPath);
                var nar = WriteTree(realPath, write);
                var info = describe(nar);
                CanonicalMetadata.Apply(realPath);
                Register([info]);
            }
            catch (Exception exception)
                when (exception is Win32Exception or IOException or BadFormatException)
            {
                Trees.Remove(realPath);
                throw new StoreException(
                    $"cannot add path '{Directory.Format(path)}': {exception.Message}",
                    exception
                );
            }
            catch (StoreException)
            {
                Trees.Remove(realPath);
                throw;
            }
        }
        locks.RemovesFiles = true;
    }

    private static NarIdentity WriteTree(string realPath, Action<INarTarget> write)
    {
        using var files = new FileTreeWriter(realPath);
        return NarIdentity.Of(target => write(new BothTargets(files, target)));
    }

    private static Hash HashOf(TreeToAdd tree)
    {
        if (tree.Method == ContentAddressMethod.Recursive)
            return NarIdentity.Of(tree.Write, tree.HashKind).Hash;
        using var sink = new HashingStream(tree.HashKind);
        tree.Write(new SingleFileTarget(tree.Name, sink));
        return sink.Finish();
    }

    // A wrong name, or a tree that no NAR can hold, is the caller's input, not a broken store.
    private static T CheckedFormat<T>(Func<T> compute)
    {
        try
        {
            return compute();
        }
        catch (BadFormatException exception)
        {
            throw new StoreException(exception.Message, exception);
        }
    }
}
