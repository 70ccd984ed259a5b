using System.Collections.Immutable;
using System.ComponentModel;
using System.Text;
using Ferry.Formats;
using Ferry.Formats.Nar;
using Ferry.Platform.Files;

namespace Ferry.Store.Profiles;

/// <summary>One folder that has the files of many packages, by links: what a person's <c>PATH</c> leads to.</summary>
/// <remarks>
/// A folder of one package is one link; where two packages have it, it becomes a folder with links to what is in both. Source:
/// stock 2.34.8, and the Nix manual, "nix-env". Owned by one thread.
/// </remarks>
/// <param name="files">Where packages are looked at.</param>
/// <param name="warn">Takes a warning, without the word.</param>
public sealed class EnvironmentTree(LogicalFiles files, Action<string> warn)
{
    private const string Propagated = "nix-support/propagated-user-env-packages";

    // Packages that others bring along come after all that a person wanted.
    private const int PropagatedPriority = 1000;

    // Of no use to a person, and in many packages.
    private static readonly string[] s_leftOut =
    [
        "/propagated-build-inputs",
        "/nix-support",
        "/perllocal.pod",
        "/info/dir",
        "/log",
        "/manifest.nix",
        "/manifest.json",
    ];

    private readonly Folder _root = new();
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);

    /// <summary>How messages call the environment itself.</summary>
    public string ShownPath { get; init; } = "";

    /// <summary>Links to the packages and to those that they bring along.</summary>
    /// <exception cref="EnvironmentConflictException">Two of one priority have the same file.</exception>
    /// <exception cref="StoreException">A file is where another package has a folder, or something cannot be read.</exception>
    public void Add(IEnumerable<EnvironmentPackage> packages)
    {
        var postponed = new SortedSet<string>(StringComparer.Ordinal);
        foreach (
            var package in packages
                .Where(package => package.IsActive)
                .OrderBy(package => package.Priority)
                .ThenBy(package => package.Path, StringComparer.Ordinal)
        )
            AddPackage(package.Path, package.Priority, postponed);

        var priority = PropagatedPriority;
        while (postponed.Count > 0)
        {
            var next = postponed.ToList();
            postponed.Clear();
            foreach (var path in next)
                AddPackage(path, priority++, postponed);
        }
    }

    /// <summary>Puts a file at the top.</summary>
    public void AddFile(string name, byte[] contents) => _root.Entries[name] = new Text(contents);

    /// <summary>Puts a link at the top.</summary>
    public void AddLink(string name, string target) =>
        _root.Entries[name] = new Link(target, Priority: 0);

    public void Write(INarTarget target) => Write(_root, target);

    private void AddPackage(string path, int priority, SortedSet<string> postponed)
    {
        if (!_done.Add(path))
            return;
        Merge(path, _root, "", priority);
        if (files.Follow($"{path}/{Propagated}") is not { } list)
            return;
        var words = File.ReadAllText(list.RealPath)
            .Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        postponed.UnionWith(words.Where(word => !_done.Contains(word)));
    }

    private void Merge(string source, Folder into, string place, int priority)
    {
        var found =
            files.Follow(source)
            ?? throw new StoreException(
                $"reading directory \"{source}\": No such file or directory"
            );
        if (found.Kind != FileKind.Directory)
        {
            warn(
                $"not including \"{source}\" in the user environment because it's not a directory"
            );
            return;
        }

        foreach (var name in NamesIn(found.RealPath))
        {
            if (name[0] == '.')
                continue;
            var file = $"{source}/{name}";
            var here = $"{place}/{name}";
            if (files.Follow(file) is not { } entry)
                warn($"skipping dangling symlink '{ShownPath}{here}'");
            else if (!Array.Exists(s_leftOut, end => file.EndsWith(end, StringComparison.Ordinal)))
                MergeEntry(file, entry.Kind == FileKind.Directory, into, here, priority);
        }
    }

    private void MergeEntry(string file, bool isFolder, Folder into, string place, int priority)
    {
        var name = place[(place.LastIndexOf('/') + 1)..];
        var existing = into.Entries.GetValueOrDefault(name);
        switch (existing)
        {
            case Folder folder when isFolder:
                Merge(file, folder, place, priority);
                return;
            case Folder:
                throw new StoreException(
                    $"collision between non-directory '{file}' and directory '{ShownPath}{place}'"
                );
            case Link link when isFolder:
                Split(link, file, into, place, priority);
                return;
            case Link link when link.Priority == priority:
                throw new EnvironmentConflictException(link.Target, file, priority);
            case Link link when link.Priority < priority:
                return;
            default:
                into.Entries[name] = new Link(file, priority);
                return;
        }
    }

    // What was one package's alone is now of two.
    private void Split(Link link, string file, Folder into, string place, int priority)
    {
        var target = files.Follow(link.Target);
        if (target is not { Kind: FileKind.Directory })
            throw new StoreException(
                $"collision between \"{file}\" and non-directory \"{target?.Path ?? link.Target}\""
            );
        var folder = new Folder();
        into.Entries[place[(place.LastIndexOf('/') + 1)..]] = folder;
        Merge(target.Path, folder, place, link.Priority);
        Merge(file, folder, place, priority);
    }

    private static ImmutableArray<string> NamesIn(string folder)
    {
        try
        {
            return [.. DirectoryListing.Read(folder).Select(name => Encoding.UTF8.GetString(name))];
        }
        catch (Win32Exception failure)
        {
            throw new StoreException(failure.Message, failure);
        }
    }

    private static void Write(Entry entry, INarTarget target)
    {
        switch (entry)
        {
            case Link link:
                target.SymbolicLink(Encoding.UTF8.GetBytes(link.Target));
                break;
            case Text text:
                target.BeginFile(isExecutable: false, text.Contents.Length);
                target.FileContents(text.Contents);
                target.EndFile();
                break;
            case Folder folder:
                target.BeginDirectory();
                foreach (var (name, child) in folder.Entries)
                {
                    target.BeginEntry(Encoding.UTF8.GetBytes(name));
                    Write(child, target);
                    target.EndEntry();
                }

                target.EndDirectory();
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private abstract record Entry;

    private sealed record Link(string Target, int Priority) : Entry;

    private sealed record Text(byte[] Contents) : Entry;

    private sealed record Folder : Entry
    {
        // As in a NAR.
        public SortedDictionary<string, Entry> Entries { get; } = new(CodePointOrder.Instance);
    }
}
