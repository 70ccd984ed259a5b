using Ferry.Evaluation.Ports;

namespace Ferry.Cli.Composition.Files;

/// <summary>One file in memory.</summary>
internal sealed class SingleFileTree(byte[] contents) : ISourceTree
{
    public SourceFileKind? Kind(string path) => path.Length == 0 ? SourceFileKind.Regular : null;

    public byte[] Read(string path) => contents;

    public IReadOnlyList<SourceDirectoryEntry> List(string path) =>
        throw new InvalidOperationException("a file has no entries");

    public string ReadLink(string path) => throw new InvalidOperationException("a file is no link");
}
