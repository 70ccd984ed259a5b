using System.Buffers;
using System.Text;
using Ferry.Formats.Nar;
using Ferry.Formats.StorePaths;
using Ferry.Store.FileTrees;

namespace Ferry.Store.Closures;

/// <summary>A place in a file tree that mentions a store path.</summary>
/// <param name="File">Relative to the tree; <c>/</c> for a tree that is one file.</param>
/// <param name="Path">What is mentioned.</param>
/// <param name="IsLink">In the target of a symbolic link, which <paramref name="Text"/> then is.</param>
/// <param name="Text">What stands around the mention, one character a byte.</param>
/// <param name="Start">Where in the text the digest begins.</param>
public sealed record ReferenceSighting(
    string File,
    StorePath Path,
    bool IsLink,
    string Text,
    int Start
);

/// <summary>Finds where in a store object other paths are mentioned, the first mention in each file.</summary>
/// <remarks>Holds one file of the object in memory at a time.</remarks>
public sealed class ReferenceSightings : INarTarget
{
    // How much before and after a digest is shown.
    private const int Margin = 32;

    private readonly List<StorePath> _wanted;
    private readonly List<ReferenceSighting> _found = [];
    private readonly List<string> _names = [];
    private readonly ArrayBufferWriter<byte> _contents = new();

    private ReferenceSightings(IEnumerable<StorePath> wanted) => _wanted = [.. wanted];

    /// <summary>In the order of files, and of paths within a file.</summary>
    public static IReadOnlyList<ReferenceSighting> Find(
        string realPath,
        IEnumerable<StorePath> wanted
    )
    {
        var search = new ReferenceSightings(wanted.Order());
        FileTreeReader.Read(realPath, search);
        return search._found;
    }

    public void BeginDirectory() { }

    public void BeginEntry(ReadOnlySpan<byte> name) => _names.Add(Encoding.UTF8.GetString(name));

    public void EndEntry() => _names.RemoveAt(_names.Count - 1);

    public void EndDirectory() { }

    public void SymbolicLink(ReadOnlySpan<byte> target)
    {
        foreach (var path in _wanted)
        {
            var start = target.IndexOf(Encoding.ASCII.GetBytes(path.Digest));
            if (start >= 0)
                _found.Add(
                    new(FileName, path, IsLink: true, Encoding.Latin1.GetString(target), start)
                );
        }
    }

    public void BeginFile(bool isExecutable, long size) => _contents.ResetWrittenCount();

    public void FileContents(ReadOnlySpan<byte> bytes) => _contents.Write(bytes);

    public void EndFile()
    {
        var contents = _contents.WrittenSpan;
        foreach (var path in _wanted)
        {
            var at = contents.IndexOf(Encoding.ASCII.GetBytes(path.Digest));
            if (at < 0)
                continue;
            var first = Math.Max(0, at - Margin);
            var end = Math.Min(contents.Length, at + StorePath.DigestTextLength + Margin);
            _found.Add(
                new(
                    FileName,
                    path,
                    IsLink: false,
                    Encoding.Latin1.GetString(contents[first..end]),
                    at - first
                )
            );
        }
    }

    private string FileName => _names.Count == 0 ? "/" : string.Join('/', _names);
}
