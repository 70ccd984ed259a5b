using System.Text;
using Ferry.Fetching.FileTrees;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Fetching.Archives;

/// <summary>What an archive holds: its shape in memory, the contents of its files one behind the other in a temporary file.</summary>
/// <remarks>
/// No entry ever becomes a name on the disk, so no archive can write anywhere: not by <c>..</c>, not through links. Owned by
/// one thread until it is full.
/// </remarks>
internal sealed class UnpackedTree : IndexedTree<UnpackedTree.Place>, IDisposable
{
    private readonly SafeFileHandle _contents;
    private readonly UnpackLimits _limits;
    private readonly byte[] _buffer = new byte[128 * 1024];
    private long _length;

    /// <param name="temporaryFile">Made here and gone when this is disposed of.</param>
    /// <param name="limits">Against archives that are made to fill disks.</param>
    public UnpackedTree(string temporaryFile, UnpackLimits limits)
    {
        _limits = limits;
        _contents = File.OpenHandle(
            temporaryFile,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            FileOptions.DeleteOnClose
        );
        Add("", TreeEntryKind.Directory, default);
    }

    /// <param name="Start">Byte in the temporary file.</param>
    /// <param name="Length">Bytes.</param>
    /// <param name="Target">Of a link.</param>
    internal readonly record struct Place(long Start, long Length, string? Target);

    /// <summary>The newest time of any entry, in Unix seconds.</summary>
    public long LastModified { get; private set; }

    public void AddDirectory(string name) => Add(Clean(name), TreeEntryKind.Directory, default);

    public void AddFile(string name, bool isExecutable, Stream? contents)
    {
        var start = _length;
        int count;
        while (contents is not null && (count = contents.Read(_buffer)) > 0)
        {
            RandomAccess.Write(_contents, _buffer.AsSpan(0, count), _length);
            _length += count;
            _limits.Check(_length);
        }

        Add(
            Clean(name),
            isExecutable ? TreeEntryKind.Executable : TreeEntryKind.Regular,
            new(start, _length - start, null)
        );
    }

    public void AddLink(string name, string target) =>
        Add(Clean(name), TreeEntryKind.SymbolicLink, new(0, 0, target));

    /// <summary>A second name of a file that came before.</summary>
    public void AddHardLink(string name, string existing)
    {
        if (
            !TryGet(Clean(existing), out var kind, out var content)
            || kind == TreeEntryKind.Directory
        )
            throw new FetchException(
                $"entry '{name}' of the archive is a hard link to '{existing}', which did not come before it"
            );
        Add(Clean(name), kind, content);
    }

    public void SawTime(DateTimeOffset time) =>
        LastModified = Math.Max(LastModified, time.ToUnixTimeSeconds());

    public void Dispose() => _contents.Dispose();

    protected override byte[] ReadContent(Place content) =>
        FileRange.Read(_contents, content.Start, content.Length);

    protected override string ReadTarget(Place content) => content.Target!;

    private static string Clean(string name)
    {
        if (name.StartsWith('/'))
            throw new FetchException(
                $"entry '{name}' of the archive has an absolute path; refusing to unpack it"
            );
        var path = new StringBuilder();
        foreach (var part in name.Split('/'))
        {
            if (part == "..")
                throw new FetchException(
                    $"entry '{name}' of the archive leads out of it; refusing to unpack it"
                );
            if (part.Contains('\0'))
                throw new FetchException(
                    "an entry of the archive has a NUL in its name; refusing to unpack it"
                );
            if (part.Length > 0 && part != ".")
                path.Append('/').Append(part);
        }

        return path.ToString();
    }
}
