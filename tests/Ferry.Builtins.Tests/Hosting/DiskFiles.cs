using Ferry.Evaluation;
using Ferry.Evaluation.Ports;

namespace Ferry.Builtins.Tests.Hosting;

/// <summary>The files of this machine, read plainly.</summary>
internal sealed class DiskFiles : ISourceFiles
{
    public SourceFileKind? Kind(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
            return SourceFileKind.SymbolicLink;
        if (Directory.Exists(path))
            return SourceFileKind.Directory;
        return file.Exists ? SourceFileKind.Regular : null;
    }

    public byte[] Read(string path) =>
        File.Exists(path) ? File.ReadAllBytes(path) : throw Missing(path);

    public IReadOnlyList<SourceDirectoryEntry> List(string path) =>
        Directory.Exists(path)
            ?
            [
                .. Directory
                    .EnumerateFileSystemEntries(path)
                    .Select(entry => new SourceDirectoryEntry(
                        Path.GetFileName(entry),
                        Kind(entry) ?? SourceFileKind.Other
                    )),
            ]
            : throw Missing(path);

    public string ReadLink(string path) => new FileInfo(path).LinkTarget!;

    public string ResolveLinks(string path) =>
        Path.Exists(path)
            ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path
            : path;

    public string Show(string path) => path;

    private static EvaluationException Missing(string path) =>
        EvaluationException.Failed($"path '{path}' does not exist");
}
