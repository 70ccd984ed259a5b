using Ferry.Cli.Composition.Files;
using Ferry.Evaluation.Ports;
using Ferry.EvaluationCache.Records;
using Ferry.Fetching.FileTrees;
using Ferry.Platform.Files;

namespace Ferry.Cli.Composition.Answers;

/// <summary>A source of this machine as it is now.</summary>
/// <param name="folder">Where its files lie, without a slash at the end.</param>
/// <param name="tree">Those of them that belong to it.</param>
/// <param name="attribute">The text of an attribute.</param>
internal sealed class LiveSource(string folder, IFileTree tree, Func<string, string?> attribute)
    : ILiveSource
{
    private readonly FetchedSourceTree _tree = new(tree, title: null);

    public SourceFileKind? Kind(string path) => _tree.Kind(path);

    public byte[]? Read(string path) =>
        Kind(path) is SourceFileKind.Regular or SourceFileKind.Executable ? _tree.Read(path) : null;

    public IReadOnlyList<SourceDirectoryEntry>? List(string path) =>
        Kind(path) == SourceFileKind.Directory ? _tree.List(path) : null;

    public string? ReadLink(string path) =>
        Kind(path) == SourceFileKind.SymbolicLink ? _tree.ReadLink(path) : null;

    public FileStatus? Status(string path) =>
        Kind(path) is null ? null : FileStatus.TryGet(folder + path);

    public string? Attribute(string name) => attribute(name);
}
