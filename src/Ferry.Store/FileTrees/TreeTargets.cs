using Ferry.Formats;
using Ferry.Formats.Hashing;
using Ferry.Formats.Nar;

namespace Ferry.Store.FileTrees;

/// <summary>Hands one tree to two targets at once, as to a writer and a hasher.</summary>
public sealed class BothTargets(INarTarget first, INarTarget second) : INarTarget
{
    public void BeginDirectory()
    {
        first.BeginDirectory();
        second.BeginDirectory();
    }

    public void BeginEntry(ReadOnlySpan<byte> name)
    {
        first.BeginEntry(name);
        second.BeginEntry(name);
    }

    public void EndEntry()
    {
        first.EndEntry();
        second.EndEntry();
    }

    public void EndDirectory()
    {
        first.EndDirectory();
        second.EndDirectory();
    }

    public void SymbolicLink(ReadOnlySpan<byte> target)
    {
        first.SymbolicLink(target);
        second.SymbolicLink(target);
    }

    public void BeginFile(bool isExecutable, long size)
    {
        first.BeginFile(isExecutable, size);
        second.BeginFile(isExecutable, size);
    }

    public void FileContents(ReadOnlySpan<byte> bytes)
    {
        first.FileContents(bytes);
        second.FileContents(bytes);
    }

    public void EndFile()
    {
        first.EndFile();
        second.EndFile();
    }
}

/// <summary>Takes a tree that must be one regular file, and hands it on as one that is not executable.</summary>
/// <param name="name">For the message when it is something else.</param>
/// <param name="next">Gets the file.</param>
public sealed class SingleFileTarget(string name, INarTarget next) : INarTarget
{
    public void BeginDirectory() => throw NotAFile();

    public void BeginEntry(ReadOnlySpan<byte> name) => throw NotAFile();

    public void EndEntry() => throw NotAFile();

    public void EndDirectory() => throw NotAFile();

    public void SymbolicLink(ReadOnlySpan<byte> target) => throw NotAFile();

    public void BeginFile(bool isExecutable, long size) =>
        next.BeginFile(isExecutable: false, size);

    public void FileContents(ReadOnlySpan<byte> bytes) => next.FileContents(bytes);

    public void EndFile() => next.EndFile();

    private StoreException NotAFile() => new($"'{name}' is not a regular file");
}

/// <summary>Hands the contents of files to a stream, and nothing else of the tree.</summary>
public sealed class ContentsTarget(Stream output) : INarTarget
{
    public void BeginDirectory() { }

    public void BeginEntry(ReadOnlySpan<byte> name) { }

    public void EndEntry() { }

    public void EndDirectory() { }

    public void SymbolicLink(ReadOnlySpan<byte> target) { }

    public void BeginFile(bool isExecutable, long size) { }

    public void FileContents(ReadOnlySpan<byte> bytes) => output.Write(bytes);

    public void EndFile() { }
}

/// <summary>The SHA-256 and size of a tree's NAR.</summary>
public sealed record NarIdentity(Hash Hash, long Size)
{
    /// <summary>Of a tree that is written to a target.</summary>
    /// <exception cref="BadFormatException">The tree cannot be a NAR.</exception>
    public static NarIdentity Of(Action<INarTarget> tree, HashKind kind = HashKind.Sha256)
    {
        using var sink = new HashingStream(kind);
        var writer = new NarWriter(sink);
        tree(writer);
        writer.Complete();
        return new NarIdentity(sink.Finish(), sink.Count);
    }

    /// <summary>Of the tree at a path on the disk.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static NarIdentity OfPath(string path) =>
        Of(target => FileTreeReader.Read(path, target));
}
