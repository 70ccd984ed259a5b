using System.Runtime.InteropServices;

namespace Ferry.Platform;

/// <summary>The effective user and group of this process.</summary>
public static partial class UserIdentity
{
    public static uint User { get; } = GetEffectiveUserId();

    public static uint Group { get; } = GetEffectiveGroupId();

    public static bool IsRoot => User == 0;

    /// <summary>
    /// False for an id that does not exist in this user namespace: in a container, root may have 65,536 ids, or one.
    /// </summary>
    public static bool IsMapped(uint user, uint group) =>
        Contains("/proc/self/uid_map", user) && Contains("/proc/self/gid_map", group);

    /// <summary>Root here, but an ordinary user outside, with no other user to hand work to.</summary>
    /// <remarks>Such a process is treated as an ordinary user.</remarks>
    public static bool IsLonelyRoot => IsRoot && !IsMapped(1, 1);

    // Lines of three numbers: the first id inside, the first id outside, how many.
    private static bool Contains(string map, uint id) =>
        File.ReadLines(map)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(range =>
                id >= uint.Parse(range[0]) && id - uint.Parse(range[0]) < uint.Parse(range[2])
            );

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint GetEffectiveGroupId();
}
