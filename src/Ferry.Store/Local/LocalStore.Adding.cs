using System.ComponentModel;
using Ferry.Formats;
using Ferry.Formats.ATerm;
using Ferry.Formats.Derivations;
using Ferry.Formats.Hashing;
using Ferry.Formats.Nar;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;
using Ferry.Store.FileTrees;
using Ferry.Store.Local.Database;
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
            realPath =>
            {
                var nar = WriteTree(realPath, target => WriteFile(target, copy));
                return new PathInfo(path, nar.Hash, nar.Size)
                {
                    References = [.. references],
                    ContentAddress = address,
                };
            }
        );
        return path;
    }

    public StorePath AddDerivation(Derivation derivation)
    {
        var path = DerivationWriter.PathOf(derivation, Paths);
        AddDerivations(new Dictionary<StorePath, Derivation> { [path] = derivation });
        return path;
    }

    public void AddDerivations(IReadOnlyDictionary<StorePath, Derivation> derivations)
    {
        var areHashed = false;
        Add(
            [.. derivations.Keys],
            (path, realPath) =>
            {
                // Those that need one of them are checked by its hash; inputs come first.
                if (!areHashed)
                {
                    foreach (var (known, pending) in derivations)
                        Hasher.Remember(known, pending);
                    areHashed = true;
                }

                return Place(path, derivations[path], realPath);
            }
        );
    }

    private Registration Place(StorePath path, Derivation derivation, string realPath)
    {
        var contents = DerivationWriter.Write(derivation, Paths);
        var hash = Hash.Compute(HashKind.Sha256, contents);
        var name = derivation.Name + StorePath.DerivationSuffix;
        if (CheckedFormat(() => Paths.Text(name, hash, derivation.References())) != path)
            throw new StoreException(
                $"'{Directory.Format(path)}' is not the path of the derivation '{derivation.Name}'"
            );
        var nar = WriteTree(realPath, target => WriteFile(target, contents));
        var info = new PathInfo(path, nar.Hash, nar.Size)
        {
            References = [.. derivation.References()],
            ContentAddress = new(ContentAddressMethod.Text, hash),
        };
        return Registration(info, derivation);
    }

    public StorePath AddTree(TreeToAdd tree)
    {
        using var buffer = new BoundedBuffer(_bufferedBytesMax);
        var (nar, address) = CheckedFormat(() => Read(tree, buffer));
        var path = CheckedFormat(() => Paths.FixedOutput(tree.Name, address, tree.References));
        var info = new PathInfo(path, nar.Hash, nar.Size)
        {
            References = [.. tree.References],
            ContentAddress = address,
        };
        AddTemporaryRoot(path);
        if (IsValid(path))
            return path;
        if (buffer.TryOpen() is { } kept)
            AddNar(info, kept);
        else
            AddLarge(tree, info);
        return path;
    }

    public void AddNar(PathInfo info, Stream nar)
    {
        var isRead = false;
        Add(
            info.Path,
            realPath =>
            {
                isRead = true;
                using var hashed = new HashingReader(HashKind.Sha256, nar);
                using var files = new FileTreeWriter(realPath);
                NarReader.Read(hashed, files);
                RequireEqual(info, new NarIdentity(hashed.Finish(), hashed.Count));
                return info;
            }
        );
        // The caller's stream goes on behind the archive.
        if (!isRead)
            NarReader.Read(nar, NoTarget.Instance);
    }

    // What did not fit into memory is written beside its place, and moved there; the tree's owner runs without our locks.
    private void AddLarge(TreeToAdd tree, PathInfo info)
    {
        using var temporary = TemporaryDirectory.Create(Location.RealDirectory);
        var written = $"{temporary.Path}/x";
        var nar = CheckedFormat(() =>
            WriteTree(written, target => tree.Write(Plain(tree, target)))
        );
        if (nar.Hash != info.NarHash)
            throw new StoreException(
                $"the source of '{Directory.Format(info.Path)}' has changed while it was being added"
            );
        Add(
            info.Path,
            realPath =>
            {
                Names.Move(written, realPath);
                return info;
            }
        );
    }

    private void RequireEqual(PathInfo info, NarIdentity nar)
    {
        var shown = Directory.Format(info.Path);
        if (nar.Hash != info.NarHash)
            throw new StoreException(
                $"hash mismatch importing path '{shown}';\n  specified: {info.NarHash.ToNix32WithKind()}\n  got:       {nar.Hash.ToNix32WithKind()}"
            );
        if (nar.Size != info.NarSize)
            throw new StoreException(
                $"size mismatch importing path '{shown}';\n  specified: {info.NarSize}\n  got:       {nar.Size}"
            );
    }

    private void Add(StorePath path, Func<string, PathInfo> place) =>
        Add([path], (_, realPath) => Registration(place(realPath)));

    // Puts objects at their places and registers them together, unless they are valid. What a killed predecessor left is
    // replaced.
    private void Add(
        IReadOnlyCollection<StorePath> paths,
        Func<StorePath, string, Registration> place
    )
    {
        foreach (var path in paths)
            AddTemporaryRoot(path);
        var absent = _database.Invalid(paths);
        if (absent.Count == 0)
            return;
        using var locks = PathLocks.Acquire(absent.Select(RealPath));
        absent = _database.Invalid(absent);
        if (absent.Count > 0)
            Place(absent, place);
        locks.RemovesFiles = true;
    }

    private void Place(
        IReadOnlyCollection<StorePath> paths,
        Func<StorePath, string, Registration> place
    )
    {
        try
        {
            var registrations = new List<Registration>();
            foreach (var path in paths)
            {
                Trees.Remove(RealPath(path));
                registrations.Add(place(path, RealPath(path)));
            }

            CanonicalMetadata.Apply(paths.Select(RealPath));
            Register(registrations);
        }
        catch (Exception exception)
            when (exception is Win32Exception or IOException or BadFormatException)
        {
            RemoveAll(paths);
            var shown =
                paths.Count == 1
                    ? $"path '{Directory.Format(paths.First())}'"
                    : $"{paths.Count} paths";
            throw new StoreException($"cannot add {shown}: {exception.Message}", exception);
        }
        catch (StoreException)
        {
            RemoveAll(paths);
            throw;
        }
    }

    private void RemoveAll(IEnumerable<StorePath> paths)
    {
        foreach (var path in paths)
            Trees.Remove(RealPath(path));
    }

    // Reads a tree once: its NAR into the buffer, and what its address is made of.
    private static (NarIdentity Nar, ContentAddress Address) Read(TreeToAdd tree, Stream buffer)
    {
        using var nar = new HashingStream(HashKind.Sha256, buffer);
        using var contents = new HashingStream(tree.HashKind);
        var narWriter = new NarWriter(nar);
        var isNar = tree.Method == ContentAddressMethod.Recursive;
        var contentWriter = isNar ? new NarWriter(contents) : null;
        if (isNar && tree.HashKind == HashKind.Sha256)
            tree.Write(narWriter);
        else
            tree.Write(
                Plain(
                    tree,
                    new BothTargets(
                        narWriter,
                        (INarTarget?)contentWriter ?? new ContentsTarget(contents)
                    )
                )
            );
        narWriter.Complete();
        contentWriter?.Complete();
        var identity = new NarIdentity(nar.Finish(), nar.Count);
        var hash = isNar && tree.HashKind == HashKind.Sha256 ? identity.Hash : contents.Finish();
        return (identity, new ContentAddress(tree.Method, hash));
    }

    private static INarTarget Plain(TreeToAdd tree, INarTarget target) =>
        tree.Method == ContentAddressMethod.Recursive
            ? target
            : new SingleFileTarget(tree.Name, target);

    private static NarIdentity WriteTree(string realPath, Action<INarTarget> write)
    {
        using var files = new FileTreeWriter(realPath);
        return NarIdentity.Of(target => write(new BothTargets(files, target)));
    }

    private static void WriteFile(INarTarget target, byte[] contents)
    {
        target.BeginFile(isExecutable: false, contents.Length);
        target.FileContents(contents);
        target.EndFile();
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
