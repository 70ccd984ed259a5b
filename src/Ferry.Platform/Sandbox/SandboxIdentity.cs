namespace Ferry.Platform.Sandbox;

/// <summary>Who a sandboxed program is, outside and inside. It is mapped to one user and one group only.</summary>
/// <param name="HostUser">
/// User id on the host that owns what the program writes. For an ordinary caller it must be the caller's own; for root it
/// must not be 0.
/// </param>
/// <param name="HostGroup">Group id on the host, by the same rule.</param>
/// <param name="User">User id seen inside; stock Nix shows 1000.</param>
/// <param name="Group">Group id seen inside; stock Nix shows 100.</param>
public sealed record SandboxIdentity(
    uint HostUser,
    uint HostGroup,
    uint User = 1000,
    uint Group = 100
)
{
    /// <summary>
    /// The caller, seen as itself. As root all ids are kept, so a program run for a person can do with files what the person
    /// can; not for builds.
    /// </summary>
    public static SandboxIdentity Caller { get; } =
        new(UserIdentity.User, UserIdentity.Group, UserIdentity.User, UserIdentity.Group);
}
