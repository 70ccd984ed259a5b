using Ferry.Formats.Nar;

namespace Ferry.Store.FileTrees;

/// <summary>Takes a tree and keeps nothing, to check an archive or to step over it.</summary>
public sealed class NoTarget : INarTarget
{
    public static readonly NoTarget Instance = new();

    private NoTarget() { }

    public void BeginDirectory() { }

    public void BeginEntry(ReadOnlySpan<byte> name) { }

    public void EndEntry() { }

    public void EndDirectory() { }

    public void SymbolicLink(ReadOnlySpan<byte> target) { }

    public void BeginFile(bool isExecutable, long size) { }

    public void FileContents(ReadOnlySpan<byte> bytes) { }

    public void EndFile() { }
}
