using System.Globalization;
using System.Text;
using Ferry.Fetching.FileTrees;
using Ferry.Platform.Processes;

namespace Ferry.Fetching.Git;

/// <summary>The files of one commit, read from the repository one by one when somebody asks for them.</summary>
internal sealed class GitCommitTree : IndexedTree<string>
{
    private readonly GitRepository _repository;
    private readonly Func<byte[], byte[]>? _smudge;
    private readonly Lock _gate = new();
    private ProcessConversation? _reader;

    private GitCommitTree(GitRepository repository, Func<byte[], byte[]>? smudge) =>
        (_repository, _smudge) = (repository, smudge);

    /// <summary>Path and revision of each submodule.</summary>
    public Dictionary<string, string> Submodules { get; } = new(StringComparer.Ordinal);

    /// <param name="repository">That has the commit.</param>
    /// <param name="revision">The commit.</param>
    /// <param name="ignoresExport">Files that <c>git archive</c> would leave out are left out.</param>
    /// <param name="smudge">Turns a stored file into the one that is meant; null leaves all as stored.</param>
    public static GitCommitTree Open(
        GitRepository repository,
        string revision,
        bool ignoresExport,
        Func<byte[], byte[]>? smudge
    )
    {
        var tree = new GitCommitTree(repository, smudge);
        tree.Add("", TreeEntryKind.Directory, "");
        var lines = repository
            .Run("ls-tree", "-r", "-t", "-z", "--full-tree", revision)
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(ParseLine)
            .ToList();
        var left = ignoresExport ? LeftOut(repository, revision, lines) : [];
        foreach (var (mode, content, path) in lines)
        {
            if (!IsBelow(path, left))
                tree.AddEntry(mode, content, "/" + path);
        }

        return tree;
    }

    protected override byte[] ReadContent(string content)
    {
        var bytes = ReadObject(content);
        return _smudge is null ? bytes : _smudge(bytes);
    }

    protected override string ReadTarget(string content) =>
        Encoding.UTF8.GetString(ReadObject(content));

    private byte[] ReadObject(string content)
    {
        lock (_gate)
        {
            var reader = _reader ??= _repository.Converse("cat-file", "--batch");
            reader.Ask(Encoding.ASCII.GetBytes(content + "\n"));
            // "OBJECT blob SIZE", the bytes, a line feed.
            var header = ReadLine(reader.Output).Split(' ');
            if (header is not [_, "blob", var size])
                throw new FetchException(
                    $"object '{content}' is missing in Git repository '{_repository.Folder}'"
                );
            var bytes = new byte[long.Parse(size, CultureInfo.InvariantCulture)];
            reader.Output.ReadExactly(bytes);
            _ = reader.Output.ReadByte();
            return bytes;
        }
    }

    private void AddEntry(string mode, string content, string path)
    {
        switch (mode)
        {
            case "040000":
                Add(path, TreeEntryKind.Directory, content);
                break;
            case "120000":
                Add(path, TreeEntryKind.SymbolicLink, content);
                break;
            case "100755":
                Add(path, TreeEntryKind.Executable, content);
                break;
            case "160000":
                Submodules[path] = content;
                Add(path, TreeEntryKind.Directory, content);
                break;
            default:
                Add(path, TreeEntryKind.Regular, content);
                break;
        }
    }

    // "MODE TYPE OBJECT", a tab, the path.
    private static (string Mode, string Content, string Path) ParseLine(string line)
    {
        var tab = line.IndexOf('\t');
        var fields = line[..tab].Split(' ');
        return (fields[0], fields[2], line[(tab + 1)..]);
    }

    private static HashSet<string> LeftOut(
        GitRepository repository,
        string revision,
        List<(string Mode, string Content, string Path)> lines
    ) =>
        // Without attributes there is nothing to leave out, and that is the common case.
        lines.Exists(line => line.Path.EndsWith(".gitattributes", StringComparison.Ordinal))
            ? repository.ExportIgnored(lines.Select(line => line.Path), revision)
            : [];

    private static bool IsBelow(string path, HashSet<string> left)
    {
        if (left.Count == 0)
            return false;
        for (var at = path; ; at = at[..at.LastIndexOf('/')])
        {
            if (left.Contains(at))
                return true;
            if (!at.Contains('/'))
                return false;
        }
    }

    private static string ReadLine(Stream stream)
    {
        var line = new StringBuilder();
        int next;
        while ((next = stream.ReadByte()) is not ('\n' or -1))
            line.Append((char)next);
        return line.ToString();
    }
}
