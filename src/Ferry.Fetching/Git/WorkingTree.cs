using System.Buffers.Binary;
using System.Text;
using Ferry.Fetching.FileTrees;
using Ferry.Formats.Hashing;
using Ferry.Formats.Nar;

namespace Ferry.Fetching.Git;

/// <summary>What git says of a working tree.</summary>
/// <param name="Head">Null before the first commit.</param>
/// <param name="Submodules">Paths of submodules.</param>
/// <param name="Changed">Tracked files with other contents than the commit's.</param>
/// <param name="Deleted">Tracked files that are gone.</param>
internal sealed record WorkingTree(
    string? Head,
    IReadOnlyList<string> Submodules,
    IReadOnlyList<string> Changed,
    IReadOnlyList<string> Deleted
)
{
    private const string SubmoduleMode = "160000";

    private IReadOnlyList<string>? _files;

    /// <summary>Git's index; null where git itself was asked.</summary>
    public GitIndexFile? Index { get; init; }

    /// <summary>The branch; null for a detached head, and where nobody has looked.</summary>
    public string? Reference { get; init; }

    /// <summary>False where nobody has looked for the branch.</summary>
    public bool IsReferenceKnown { get; init; }

    /// <summary>Tracked and there, by path below the tree.</summary>
    public IReadOnlyList<string> Files => _files ??= ListFiles();

    public bool IsDirty => Changed.Count > 0 || Deleted.Count > 0;

    /// <summary>The files of the tree.</summary>
    public IFileTree Open(string folder) =>
        Index is { } index ? new GitIndexTree(folder, index) : new GitWorkingFiles(folder, Files);

    /// <summary>Asks git.</summary>
    public static WorkingTree Read(GitRepository repository)
    {
        var status = repository.Run(
            "status",
            "--porcelain=v2",
            "--branch",
            "-z",
            "--untracked-files=no",
            "--ignore-submodules=all",
            "--no-renames"
        );
        string? head = null;
        var (changed, deleted) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var line in status.Split('\0'))
        {
            if (line.StartsWith("# branch.oid ", StringComparison.Ordinal))
                head = line["# branch.oid ".Length..] is var oid and not "(initial)" ? oid : null;
            else if (line is ['1' or 'u', ..])
                Change(line, changed, deleted);
        }

        var (files, submodules) = (new List<string>(), new List<string>());
        foreach (var line in repository.Run("ls-files", "-z", "--stage").Split('\0'))
        {
            var tab = line.IndexOf('\t');
            if (tab < 0)
                continue;
            var path = line[(tab + 1)..];
            if (line.StartsWith(SubmoduleMode, StringComparison.Ordinal))
                submodules.Add(path);
            else if (!deleted.Contains(path))
                files.Add(path);
        }

        return new(head, submodules, changed, [.. deleted]) { _files = files };
    }

    private List<string> ListFiles()
    {
        var deleted = Deleted.ToHashSet(StringComparer.Ordinal);
        var files = new List<string>();
        for (var at = 0; at < Index!.Count; at++)
        {
            var name = Encoding.UTF8.GetString(Index.NameAt(at));
            if (!Index.EntryAt(at).IsSubmodule && !deleted.Contains(name))
                files.Add(name);
        }

        return files;
    }

    /// <summary>Equal only for equal files: what stock Nix hashes, so that both know a tree by the same name.</summary>
    public string Fingerprint(string folder)
    {
        using var hash = new HashingStream(HashKind.Sha512);
        var tree = new DiskFileTree(folder);
        foreach (var file in Sorted(Changed))
        {
            WriteText(hash, "modified:");
            WriteText(hash, file);
            var writer = new NarWriter(hash);
            TreeWalk.Write(new SubTree(tree, file), writer);
            writer.Complete();
        }

        foreach (var file in Sorted(Deleted))
        {
            WriteText(hash, "deleted:");
            WriteText(hash, file);
        }

        return hash.Finish().Format(HashFormat.Base16, withKind: false);
    }

    // A folder's files come right after its name, whatever else sorts between.
    private static IEnumerable<string> Sorted(IEnumerable<string> files) =>
        files
            .Select(file => "/" + file)
            .OrderBy(file => file.Replace('/', '\0'), StringComparer.Ordinal);

    // As in a NAR: the length, the bytes, zeros up to a multiple of eight.
    private static void WriteText(HashingStream hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        hash.Write(length);
        hash.Write(bytes);
        length.Clear();
        hash.Write(length[..((8 - (bytes.Length & 7)) & 7)]);
    }

    // "1 XY …eight fields… PATH" and "u XY …ten fields… PATH": X is the index, Y the working tree.
    private static void Change(string line, List<string> changed, HashSet<string> deleted)
    {
        var fields = line.Split(' ', line[0] == '1' ? 9 : 11);
        var path = fields[^1];
        if (fields[1].Contains('D'))
            deleted.Add(path);
        else
            changed.Add(path);
    }
}
