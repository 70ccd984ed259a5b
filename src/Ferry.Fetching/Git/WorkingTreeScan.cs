using System.Security.Cryptography;
using System.Text;
using Ferry.Platform;
using Ferry.Platform.Directories;
using Ferry.Platform.Files;

namespace Ferry.Fetching.Git;

/// <summary>
/// What <c>git status</c> would say, found without starting git. Where that takes more than comparing files with the index, git is
/// asked after all.
/// </summary>
/// <param name="fetcher">Remembers what commits are.</param>
/// <param name="folder">The working tree.</param>
internal sealed class WorkingTreeScan(Fetcher fetcher, string folder)
{
    // By these in a repository's own settings, files are elsewhere or in another form.
    private static readonly string[] s_otherForms =
    [
        "objectformat",
        "refstorage",
        "worktree",
        "sparse",
    ];

    // By these, what lies in a file is not what git compares.
    private static readonly string[] s_conversions =
    [
        "autocrlf",
        "eol",
        "attributesfile",
        "include",
        "filemode = false",
        "filemode=false",
        "symlinks = false",
        "symlinks=false",
    ];

    private readonly List<string> _changed = [];
    private readonly List<string> _deleted = [];
    private readonly List<string> _submodules = [];

    /// <returns>Null where only git can tell.</returns>
    public WorkingTree? Run()
    {
        if (GitFolders.Find(folder) is not { } folders)
            return null;
        var settings = ReadText(Path.Combine(folders.Shared, "config"));
        if (
            s_otherForms.Any(word => settings.Contains(word, StringComparison.OrdinalIgnoreCase))
            || GitHead.TryRead(folders) is not { Commit: { } commit } head
        )
            return null;
        var file = Path.Combine(folders.Own, "index");
        // Before the index itself: one that is written meanwhile is then older than its entries.
        if (
            FileStatus.TryGet(file) is not { } status
            || GitIndexFile.TryRead(file) is not { IsUnfinished: false, Tree.Length: > 0 } index
            || Convert.ToHexStringLower(index.Tree.Span) != TreeOf(folders, commit)
        )
            return null;
        if (!Compare(index, status) || (_changed.Count > 0 && MayConvert(folders, settings)))
            return null;
        return new(commit, _submodules, _changed, _deleted)
        {
            Index = index,
            Reference = head.Reference,
            IsReferenceKnown = true,
        };
    }

    private string TreeOf(GitFolders folders, string commit) =>
        GitHead.TryReadTree(folders, commit)
        ?? new GitRepository(fetcher, folder, isBare: false).TreeOf(commit);

    // False where a folder on the way is none any more. Files are asked for in their open folder: the way there is long.
    private bool Compare(GitIndexFile index, FileStatus status)
    {
        var root = NativePath.FromString(folder);
        var parent = DirectoryHandle.Open(root);
        try
        {
            ReadOnlySpan<byte> parentName = [];
            for (var at = 0; at < index.Count; at++)
            {
                var name = index.NameAt(at);
                var above = name[..Math.Max(0, name.LastIndexOf((byte)'/'))];
                if (!above.SequenceEqual(parentName))
                {
                    if (HasLink(root, above))
                        return false;
                    parentName = above;
                    parent?.Dispose();
                    parent = TryOpen(above.Length == 0 ? root : root.Append(above));
                }

                var entry = index.EntryAt(at);
                if (entry.IsSubmodule)
                    _submodules.Add(Encoding.UTF8.GetString(name));
                else if (!entry.IsAssumedUnchanged)
                    Compare(
                        index,
                        at,
                        parent?.TryStatus(name[(name.LastIndexOf((byte)'/') + 1)..]),
                        status
                    );
            }

            return true;
        }
        finally
        {
            parent?.Dispose();
        }
    }

    private static DirectoryHandle? TryOpen(NativePath path) =>
        FileStatus.TryGet(path) is { Kind: FileKind.Directory } ? DirectoryHandle.Open(path) : null;

    private void Compare(GitIndexFile index, int at, FileStatus? found, FileStatus status)
    {
        var entry = index.EntryAt(at);
        if (found is not null && entry.IsSame(found, status) && HasMode(entry, found))
            return;
        var name = Encoding.UTF8.GetString(index.NameAt(at));
        if (found is null || found.Kind == FileKind.Directory)
            _deleted.Add(name);
        else if (!HasMode(entry, found) || !HasContents(name, found, index.DigestAt(at)))
            _changed.Add(name);
    }

    private static bool HasMode(GitIndexEntry entry, FileStatus found) =>
        entry.IsLink
            ? found.Kind == FileKind.SymbolicLink
            : found.Kind == FileKind.Regular && found.IsExecutable == entry.IsExecutable;

    private bool HasContents(string name, FileStatus found, ReadOnlySpan<byte> digest)
    {
        var path = $"{folder}/{name}";
        var contents =
            found.Kind == FileKind.SymbolicLink
                ? SymbolicLink.ReadTarget(path)
                : FileContents.Read(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes($"blob {contents.Length}\0"));
        hash.AppendData(contents);
        return hash.GetHashAndReset().AsSpan().SequenceEqual(digest);
    }

    private static bool HasLink(NativePath root, ReadOnlySpan<byte> below)
    {
        for (
            var path = below;
            path.Length > 0;
            path = path[..Math.Max(0, path.LastIndexOf((byte)'/'))]
        )
        {
            if (FileStatus.TryGet(root.Append(path)) is { Kind: not FileKind.Directory })
                return true;
        }

        return false;
    }

    private bool MayConvert(GitFolders folders, string settings)
    {
        var environment = fetcher.Settings.Environment;
        if (environment.Keys.Any(IsSettingVariable))
            return true;
        var home = environment.GetValueOrDefault("HOME", "/");
        var own = environment.GetValueOrDefault("XDG_CONFIG_HOME", home + "/.config") + "/git";
        string[] files = environment.TryGetValue("GIT_CONFIG_GLOBAL", out var global)
            ? [global]
            : [home + "/.gitconfig", own + "/config"];
        var system = environment.GetValueOrDefault("GIT_CONFIG_SYSTEM", "/etc/gitconfig");
        IEnumerable<string> texts = [settings, ReadText(system), .. files.Select(ReadText)];
        return texts.Any(text =>
                s_conversions.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))
            )
            || File.Exists(Path.Combine(folders.Shared, "info", "attributes"))
            || File.Exists(own + "/attributes")
            || File.Exists("/etc/gitattributes")
            || Directory.EnumerateFiles(folder, ".gitattributes").Any()
            || _changed.Exists(HasAttributes);
    }

    private bool HasAttributes(string name)
    {
        for (var path = name; path.Contains('/'); )
        {
            path = path[..path.LastIndexOf('/')];
            if (File.Exists($"{folder}/{path}/.gitattributes"))
                return true;
        }

        return false;
    }

    private static bool IsSettingVariable(string name) =>
        name is "GIT_CONFIG_COUNT" or "GIT_CONFIG_PARAMETERS" or "GIT_CONFIG";

    private static string ReadText(string path) =>
        path != "/dev/null" && File.Exists(path) ? File.ReadAllText(path) : "";
}
