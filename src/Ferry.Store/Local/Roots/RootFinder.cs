using System.Text;
using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;

namespace Ferry.Store.Local.Roots;

/// <summary>Finds everything that keeps objects of a store from the collector.</summary>
/// <remarks>What cannot be read, such as other users' processes, is passed over, as in stock.</remarks>
public sealed class RootFinder(LocalStore store)
{
    private readonly List<GarbageRoot> _roots = [];
    private readonly HashSet<string> _temporaryDigests = new(StringComparer.Ordinal);

    /// <summary>Digests of all paths that processes have reserved, valid or not, as found by <see cref="Find"/>.</summary>
    public IReadOnlySet<string> TemporaryDigests => _temporaryDigests;

    /// <summary>Takes a line for a person about what is removed because nobody needs it any more.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>Links, temporary roots and running programs, in the order of paths and sources. Only valid paths.</summary>
    public IReadOnlyList<GarbageRoot> Find()
    {
        _roots.Clear();
        AddLinks($"{store.Location.StateDirectory}/gcroots");
        AddLinks($"{store.Location.StateDirectory}/profiles");
        AddTemporary();
        foreach (var (text, source) in ProcessRoots.Find(store.Directory))
            Add(text, source);
        return
        [
            .. _roots
                .Distinct()
                .OrderBy(root => root.Path)
                .ThenBy(root => root.Source, StringComparer.Ordinal),
        ];
    }

    private void AddLinks(string path)
    {
        try
        {
            switch (FileStatus.TryGet(path)?.Kind)
            {
                case FileKind.Directory:
                    foreach (var name in DirectoryListing.Read(path))
                        AddLinks($"{path}/{Encoding.UTF8.GetString(name)}");
                    break;
                case FileKind.SymbolicLink:
                    AddLink(path);
                    break;
                // A file whose own name is that of an object is a root as well.
                case FileKind.Regular:
                    Add($"{store.Directory.Path}/{Path.GetFileName(path)}", path);
                    break;
            }
        }
        catch (System.ComponentModel.Win32Exception exception) when (IsOutOfReach(exception))
        {
            // Another user's, or gone meanwhile.
        }
    }

    private void AddLink(string path)
    {
        var target = Target(path);
        if (store.Directory.Contains(target))
        {
            Add(target, path);
            return;
        }
        if (FileStatus.TryGet(target) is not { } status)
        {
            // The result was deleted: its registration is of no use any more.
            if (
                path.StartsWith(
                    $"{store.Location.StateDirectory}/gcroots/auto/",
                    StringComparison.Ordinal
                )
            )
            {
                Tell($"removing stale link from \"{path}\" to \"{target}\"");
                _ = Names.RemoveFile(path);
            }

            return;
        }
        if (
            status.Kind == FileKind.SymbolicLink
            && Target(target) is var second
            && store.Directory.Contains(second)
        )
            Add(second, target);
    }

    private static string Target(string link) =>
        Path.GetFullPath(
            Encoding.UTF8.GetString(SymbolicLink.ReadTarget(link)),
            Path.GetDirectoryName(link) ?? "/"
        );

    private void AddTemporary()
    {
        var directory = $"{store.Location.StateDirectory}/temproots";
        foreach (var file in Directory.EnumerateFiles(directory))
        {
            if (!int.TryParse(Path.GetFileName(file), out var process))
                continue;
            // A file that can be locked has no living owner.
            using var held = FileLock.Open(file);
            if (process != Environment.ProcessId && held.TryAcquire(FileLockKind.Exclusive))
            {
                Tell($"removing stale temporary roots file \"{file}\"");
                _ = Names.RemoveFile(file);
                RandomAccess.Write(held.Handle, "d"u8, 0);
                continue;
            }
            var contents = new byte[RandomAccess.GetLength(held.Handle)];
            var length = RandomAccess.Read(held.Handle, contents, 0);
            var text = Encoding.UTF8.GetString(contents, 0, length);
            // What is behind the last NUL is still being written.
            foreach (var path in text.Split('\0')[..^1])
            {
                Add(path, $"{{temp:{process}}}");
                if (store.Directory.Contains(path) && TryPath(path) is { } reserved)
                    _temporaryDigests.Add(reserved.Digest);
            }
        }
    }

    private void Add(string text, string source)
    {
        if (
            !store.Directory.Contains(text)
            || TryPath(text) is not { } path
            || !store.IsValid(path)
        )
            return;
        _roots.Add(new GarbageRoot(path, source));
    }

    private StorePath? TryPath(string text)
    {
        try
        {
            return store.Directory.Split(text).Path;
        }
        catch (BadFormatException)
        {
            return null;
        }
    }

    private static bool IsOutOfReach(System.ComponentModel.Win32Exception exception)
    {
        const int NotPermitted = 1;
        const int NotFound = 2;
        const int PermissionDenied = 13;
        const int NotADirectory = 20;
        return exception.NativeErrorCode
            is NotPermitted
                or NotFound
                or PermissionDenied
                or NotADirectory;
    }
}
