using System.Runtime.InteropServices;

namespace Ferry.Platform;

/// <summary>The effective user and group of this process.</summary>
public static partial class UserIdentity
{
    public static uint User { get; } = GetEffectiveUserId();

    public static uint Group { get; } = GetEffectiveGroupId();

    public static bool IsRoot => User == 0;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "getegid")]
    private static partial uint GetEffectiveGroupId();
}
