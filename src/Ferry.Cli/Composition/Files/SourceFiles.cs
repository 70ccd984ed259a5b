using System.Collections.Concurrent;
using Ferry.Evaluation;
using Ferry.Evaluation.Ports;

namespace Ferry.Cli.Composition.Files;

/// <summary>The files that evaluation sees: the machine's, with other trees mounted over some paths.</summary>
internal sealed class SourceFiles(AccessPolicy access) : ISourceFiles
{
    // As many as Linux allows before ELOOP.
    private const int LinksMax = 40;

    private ISourceTree _disk = new DiskTree("");
    private readonly Lock _gate = new();
    private volatile (string Prefix, ISourceTree Tree)[] _mounts = [];

    // Directories that exist, as written → with links followed.
    private readonly ConcurrentDictionary<string, string> _directories = new();

    /// <summary>Shows a tree at an absolute path, in place of what the machine has there; a longer path wins over a shorter.</summary>
    public void Mount(string prefix, ISourceTree tree)
    {
        // Evaluation reads meanwhile, on several threads.
        lock (_gate)
        {
            _mounts =
            [
                .. _mounts
                    .Append((Prefix: prefix, Tree: tree))
                    .OrderByDescending(mount => mount.Prefix.Length),
            ];
            _directories.Clear();
        }
    }

    /// <summary>Shows something else in place of this machine's files. Before anything is read.</summary>
    public void ReplaceDisk(Func<ISourceTree, ISourceTree> replace) => _disk = replace(_disk);

    /// <summary>Called with every path, and every folder on the way to it, before it is looked at.</summary>
    public Action<string>? BeforeRead { get; set; }

    public SourceFileKind? Kind(string path)
    {
        access.Check(path);
        var (tree, below) = Locate(ResolveParents(path));
        return Guard(path, () => tree.Kind(below));
    }

    public byte[] Read(string path)
    {
        access.Check(path);
        var resolved = ResolveLinks(path);
        var (tree, below) = Locate(resolved);
        return Guard(
            path,
            () =>
                tree.Kind(below) switch
                {
                    null => throw Missing(path, tree, below),
                    SourceFileKind.Directory => throw EvaluationException.Failed(
                        "read of 4096 bytes: Is a directory"
                    ),
                    _ => tree.Read(below),
                }
        );
    }

    public IReadOnlyList<SourceDirectoryEntry> List(string path)
    {
        access.Check(path);
        var (tree, below) = Locate(ResolveLinks(path));
        return Guard(
            path,
            () =>
                tree.Kind(below) switch
                {
                    null => throw Missing(path, tree, below),
                    SourceFileKind.Directory => Allowed(path, tree.List(below)),
                    _ => throw EvaluationException.Failed(
                        $"cannot read directory \"{path}\": Not a directory"
                    ),
                }
        );
    }

    public bool IsAllowed(string path) => access.IsAllowed(path);

    public string ReadLink(string path)
    {
        access.Check(path);
        var (tree, below) = Locate(ResolveParents(path));
        return Guard(path, () => tree.ReadLink(below));
    }

    public string ResolveLinks(string path)
    {
        var resolved = ResolveParents(path);
        var (tree, below) = Locate(resolved);
        return tree.Kind(below) == SourceFileKind.SymbolicLink
            ? Resolve(path, followsLast: true)
            : resolved;
    }

    public string Show(string path)
    {
        var (tree, below) = Locate(path);
        return tree.Title is { } title ? title + below : path;
    }

    public string Absence(string path)
    {
        var (tree, below) = Locate(path);
        return tree.ExplainAbsence(below) ?? $"path '{Show(path)}' does not exist";
    }

    private IReadOnlyList<SourceDirectoryEntry> Allowed(
        string path,
        IReadOnlyList<SourceDirectoryEntry> entries
    )
    {
        if (access.IsOpen)
            return entries;
        var prefix = path == "/" ? path : path + "/";
        return [.. entries.Where(entry => access.IsAllowed(prefix + entry.Name))];
    }

    private string ResolveParents(string path)
    {
        var slash = path.LastIndexOf('/');
        if (slash < 1 || path[slash..] is "/" or "/." or "/..")
            return Resolve(path, followsLast: false);
        var directory = path[..slash];
        if (!_directories.TryGetValue(directory, out var real))
        {
            real = Resolve(directory, followsLast: true);
            var (tree, below) = Locate(real);
            if (tree.Kind(below) == SourceFileKind.Directory)
                _directories[directory] = real;
        }

        return real == "/" ? path[slash..] : string.Concat(real, path.AsSpan(slash));
    }

    private string Resolve(string path, bool followsLast)
    {
        var links = 0;
        var done = "";
        var left = path;
        while (left.Length > 1)
        {
            var end = left.IndexOf('/', 1);
            var part = end < 0 ? left : left[..end];
            left = end < 0 ? "" : left[end..];
            var next = part switch
            {
                "/." or "/" => done,
                "/.." => done.Length == 0 ? "" : done[..done.LastIndexOf('/')],
                _ => done + part,
            };
            if (left.Length <= 1 && !followsLast)
                return next.Length == 0 ? "/" : next;

            var (tree, below) = Locate(next);
            if (tree.Kind(below) != SourceFileKind.SymbolicLink)
            {
                done = next;
                continue;
            }

            if (++links > LinksMax)
                throw EvaluationException.Failed(
                    $"too many symbolic links encountered while traversing the path '{path}'"
                );
            var target = tree.ReadLink(below);
            (done, left) = target.StartsWith('/')
                ? ("", target + left)
                : (done, "/" + target + left);
        }

        return done.Length == 0 ? "/" : done;
    }

    private (ISourceTree Tree, string Below) Locate(string path)
    {
        BeforeRead?.Invoke(path);
        foreach (var (prefix, tree) in _mounts)
        {
            if (
                path.StartsWith(prefix, StringComparison.Ordinal)
                && (path.Length == prefix.Length || path[prefix.Length] == '/')
            )
                return (tree, path[prefix.Length..]);
        }

        return (_disk, path == "/" ? "" : path);
    }

    private static EvaluationException Missing(string path, ISourceTree tree, string below) =>
        tree.ExplainAbsence(below) is { } reason ? EvaluationException.Failed(reason)
        : tree.Title is { } title ? EvaluationException.Failed($"'{title}{below}' does not exist")
        : Missing(path);

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure)
            when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw EvaluationException.Failed($"opening file '{path}': {failure.Message}");
        }
    }

    private static EvaluationException Missing(string path) =>
        EvaluationException.Failed($"path '{path}' does not exist");
}
