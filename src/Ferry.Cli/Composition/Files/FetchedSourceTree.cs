using Ferry.Evaluation.Ports;
using Ferry.Fetching.FileTrees;

namespace Ferry.Cli.Composition.Files;

/// <summary>A fetched tree as evaluation sees it.</summary>
/// <param name="tree">Its files.</param>
/// <param name="title">How messages name it.</param>
internal sealed class FetchedSourceTree(IFileTree tree, string? title) : ISourceTree
{
    public string? Title => title;

    public SourceFileKind? Kind(string path) => tree.Kind(path) is { } kind ? KindOf(kind) : null;

    public byte[] Read(string path) => tree.Read(path);

    public IReadOnlyList<SourceDirectoryEntry> List(string path) =>
        [
            .. tree.List(path)
                .Select(entry => new SourceDirectoryEntry(entry.Name, KindOf(entry.Kind))),
        ];

    public string ReadLink(string path) => tree.ReadLink(path);

    public string? ExplainAbsence(string path) => tree.ExplainAbsence(path);

    private static SourceFileKind KindOf(TreeEntryKind kind) =>
        kind switch
        {
            TreeEntryKind.Regular => SourceFileKind.Regular,
            TreeEntryKind.Executable => SourceFileKind.Executable,
            TreeEntryKind.Directory => SourceFileKind.Directory,
            TreeEntryKind.SymbolicLink => SourceFileKind.SymbolicLink,
            _ => SourceFileKind.Other,
        };
}
