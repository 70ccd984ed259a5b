using System.ComponentModel;
using System.Globalization;
using System.Text;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;
using Ferry.Store.Local;
using Ferry.Store.Local.Locks;

namespace Ferry.Store.Profiles;

/// <summary>A link that leads to the current one of several generations, each a link to a store object.</summary>
/// <remarks>
/// Beside <c>PROFILE</c> lie <c>PROFILE-1-link</c>, <c>PROFILE-2-link</c> …; the profile's own link is relative and names one
/// of them. Whoever changes something holds <see cref="Lock"/>, a file <c>PROFILE.lock</c>. Source: Nix manual, "Profiles".
/// </remarks>
/// <param name="link">Absolute; nothing need be there yet.</param>
public sealed class Profile(string link)
{
    private const string LinkSuffix = "-link";

    public string Link => link;

    private string Folder => Path.GetDirectoryName(link)!;

    private string Name => Path.GetFileName(link);

    /// <summary>What is there, by number.</summary>
    /// <exception cref="StoreException">The folder that would hold the profile cannot be read.</exception>
    public IReadOnlyList<Generation> Generations()
    {
        var found = new List<Generation>();
        foreach (var name in Names(Folder))
        {
            var path = Path.Combine(Folder, name);
            if (NumberOf(name) is { } number && FileStatus.TryGet(path) is { } status)
                found.Add(new(number, path, status.ModifiedSeconds));
        }

        found.Sort((left, right) => left.Number.CompareTo(right.Number));
        return found;
    }

    /// <returns>Null when there is no profile, or its link names none of its generations.</returns>
    public long? Current() => Token() is { Length: > 0 } target ? NumberOf(target) : null;

    /// <summary>What the link says; empty without a profile. Equal only while nobody has switched.</summary>
    public string Token() =>
        FileStatus.TryGet(link) is { Kind: FileKind.SymbolicLink }
            ? Encoding.UTF8.GetString(SymbolicLink.ReadTarget(link))
            : "";

    /// <summary>Keeps others from changing the profile until it is disposed of.</summary>
    /// <param name="onWait">Takes a sentence when somebody else is at it.</param>
    /// <exception cref="StoreException">The lock file cannot be made.</exception>
    public PathLocks Lock(Action<string> onWait)
    {
        var held = PathLocks.Acquire(
            [link],
            _ => onWait($"waiting for lock on profile \"{link}\"")
        );
        held.RemovesFiles = true;
        return held;
    }

    /// <summary>Makes a generation that is this object, unless the newest one is, and switches to it.</summary>
    /// <exception cref="StoreException">A link cannot be made.</exception>
    public void Add(LocalStore store, StorePath path)
    {
        var generations = Folder is var folder && Directory.Exists(folder) ? Generations() : [];
        var last = generations.Count > 0 ? generations[^1] : null;
        var isSame =
            last is not null
            && Encoding.UTF8.GetString(SymbolicLink.ReadTarget(last.Link))
                == store.Directory.Format(path);
        var generation = isSame ? last!.Link : LinkOf((last?.Number ?? 0) + 1);
        if (!isSame)
            store.Roots.AddLink(generation, path);
        ReplaceLink(link, generation);
    }

    /// <summary>Switches to a generation, or to the newest one before the current one.</summary>
    /// <exception cref="StoreException">There is none.</exception>
    public Generation Find(long? number)
    {
        var current = Current();
        return Generations()
                .LastOrDefault(generation =>
                    number is null ? generation.Number < current : generation.Number == number
                )
            ?? throw new StoreException(
                number is null
                    ? $"no profile version older than the current ({current ?? 0}) exists"
                    : $"profile version {number} does not exist"
            );
    }

    public void Switch(Generation generation) => ReplaceLink(link, generation.Link);

    /// <summary>Removes a generation's link; the object stays until the collector comes.</summary>
    public static void Delete(Generation generation) =>
        Platform.Files.Names.RemoveFile(generation.Link);

    /// <summary>Makes or replaces a link atomically; a target in the same folder is written relative.</summary>
    /// <exception cref="StoreException">It cannot be made.</exception>
    public static void ReplaceLink(string link, string target)
    {
        var folder = Path.GetDirectoryName(link)!;
        if (Path.GetDirectoryName(target) == folder)
            target = Path.GetFileName(target);
        var temporary = $"{link}.tmp-{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(folder);
            Platform.Files.Names.RemoveFile(temporary);
            SymbolicLink.Create(target, temporary);
            Platform.Files.Names.Move(temporary, link);
        }
        catch (Exception failure)
            when (failure is Win32Exception or IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"creating symlink '{link}' -> '{target}': {failure.Message}",
                failure
            );
        }
    }

    private string LinkOf(long number) => $"{link}-{number}{LinkSuffix}";

    private long? NumberOf(string name)
    {
        if (!name.StartsWith(Name + "-", StringComparison.Ordinal))
            return null;
        var rest = name[(Name.Length + 1)..];
        var end = rest.IndexOf(LinkSuffix, StringComparison.Ordinal);
        return
            end >= 0
            && uint.TryParse(
                rest[..end],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var number
            )
            ? number
            : null;
    }

    private static IEnumerable<string> Names(string folder)
    {
        try
        {
            return DirectoryListing.Read(folder).Select(name => Encoding.UTF8.GetString(name));
        }
        catch (Win32Exception failure)
        {
            throw new StoreException(failure.Message, failure);
        }
    }
}
