using System.Globalization;
using Ferry.Platform;
using Ferry.Platform.Files;
using Ferry.Platform.Sandbox;

namespace Ferry.Build.Sandbox;

/// <summary>Who a build is on the host. As root a user of its own, so that builds cannot touch each other; otherwise the caller.</summary>
/// <remarks>
/// Numbers and lock files are those of stock's <c>auto-allocate-uids</c> (first id 872415232, 65536 ids a slot, files
/// <c>userpool2/slot-N</c> in the state directory), so that both systems may build on one machine.
/// </remarks>
public sealed class BuildUser : IDisposable
{
    private const uint FirstId = 872_415_232;
    private const uint IdsPerSlot = 65_536;
    private const int SlotsMax = 128;

    // A container seldom has ids that high. Stock's build users begin here: nixbld1.
    private const uint FirstIdInContainer = 30_001;

    private readonly FileLock? _slot;

    private BuildUser(uint user, uint group, FileLock? slot) =>
        (User, Group, _slot) = (user, group, slot);

    /// <summary>Builtins run as whoever runs this program.</summary>
    public static BuildUser Caller { get; } =
        new(UserIdentity.User, UserIdentity.Group, slot: null);

    public uint User { get; }

    public uint Group { get; }

    /// <summary>True when files made by the caller must be given to the build first.</summary>
    public bool IsSeparate => _slot is not null;

    /// <summary>As stock's sandbox shows it: nixbld, 1000:100.</summary>
    public SandboxIdentity Identity => new(User, Group);

    /// <exception cref="BuildException">Every slot is taken.</exception>
    public static BuildUser Acquire(string stateDirectory)
    {
        if (!UserIdentity.IsRoot || UserIdentity.IsLonelyRoot)
            return Caller;

        var (first, step) = UserIdentity.IsMapped(FirstId, FirstId)
            ? (FirstId, IdsPerSlot)
            : (FirstIdInContainer, 1u);
        var pool = Path.Combine(stateDirectory, "userpool2");
        Directory.CreateDirectory(pool);
        for (uint number = 0; number < SlotsMax; number++)
        {
            var slot = FileLock.Open(
                Path.Combine(pool, string.Create(CultureInfo.InvariantCulture, $"slot-{number}"))
            );
            if (slot.TryAcquire(FileLockKind.Exclusive))
            {
                var id = first + number * step;
                return new BuildUser(id, id, slot);
            }

            slot.Dispose();
        }

        throw BuildException.General($"all {SlotsMax} build users are busy");
    }

    /// <summary>Gives a file or directory itself to the build.</summary>
    public void Own(string path)
    {
        if (IsSeparate)
            FileMetadata.ChangeOwner(path, User, Group);
    }

    public void Dispose() => _slot?.Dispose();
}
