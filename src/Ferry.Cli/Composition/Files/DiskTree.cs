using System.Collections.Concurrent;
using System.ComponentModel;
using System.Text;
using Ferry.Evaluation.Ports;
using Ferry.Platform.Files;

namespace Ferry.Cli.Composition.Files;

/// <summary>A directory of this machine.</summary>
/// <param name="root">Without a slash at its end; empty for the whole file system.</param>
internal sealed class DiskTree(string root) : ISourceTree
{
    // What evaluation has seen stays so while it runs: a large package set asks for the same paths a thousand times.
    // What is missing is asked for again, since a build may make it.
    private readonly ConcurrentDictionary<string, SourceFileKind> _kinds = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<SourceDirectoryEntry>> _lists =
        new();

    public SourceFileKind? Kind(string path)
    {
        if (_kinds.TryGetValue(path, out var known))
            return known;
        if (FileStatus.TryGet(Real(path)) is not { } status)
            return null;
        return _kinds[path] = KindOf(status);
    }

    public byte[] Read(string path)
    {
        try
        {
            return FileContents.Read(Real(path));
        }
        catch (Win32Exception)
        {
            // Says what is wrong in the words that callers know.
            return File.ReadAllBytes(Real(path));
        }
    }

    public IReadOnlyList<SourceDirectoryEntry> List(string path) =>
        _lists.TryGetValue(path, out var known) ? known : _lists[path] = ReadList(path);

    private List<SourceDirectoryEntry> ReadList(string path)
    {
        var directory = Real(path);
        var entries = new List<SourceDirectoryEntry>();
        foreach (var bytes in DirectoryListing.Read(directory))
        {
            var name = Encoding.UTF8.GetString(bytes);
            if (FileStatus.TryGet($"{directory.TrimEnd('/')}/{name}") is { } status)
                entries.Add(new(name, KindOf(status)));
        }

        return entries;
    }

    public string ReadLink(string path) =>
        Encoding.UTF8.GetString(SymbolicLink.ReadTarget(Real(path)));

    private static SourceFileKind KindOf(FileStatus status) =>
        status.Kind switch
        {
            FileKind.Directory => SourceFileKind.Directory,
            FileKind.SymbolicLink => SourceFileKind.SymbolicLink,
            FileKind.Regular when status.IsExecutable => SourceFileKind.Executable,
            FileKind.Regular => SourceFileKind.Regular,
            _ => SourceFileKind.Other,
        };

    private string Real(string path) => root.Length + path.Length == 0 ? "/" : root + path;
}
