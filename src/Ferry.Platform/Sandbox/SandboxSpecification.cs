namespace Ferry.Platform.Sandbox;

/// <summary>Everything a sandboxed program sees and may do. Data only: <see cref="SandboxProcess"/> starts it.</summary>
/// <remarks>
/// Paths without the word host are paths inside the sandbox, absolute, without <c>.</c> or <c>..</c>.
/// The root is assembled in this order: temporary directories, directories, files, links, devices, binds sorted by
/// target. Missing parents of every target are made (mode 0755).
/// </remarks>
public sealed record SandboxSpecification
{
    /// <summary>The program as the sandbox sees it.</summary>
    public required string Program { get; init; }

    /// <summary>Arguments as bytes without a final NUL; the first one is <c>argv[0]</c>.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Arguments { get; init; }

    /// <summary>The complete environment: each entry is <c>NAME=value</c> as bytes without a final NUL.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Environment { get; init; }

    public required string WorkingDirectory { get; init; }

    public required SandboxIdentity Identity { get; init; }

    public SandboxRoot Root { get; init; } = SandboxRoot.Temporary;

    /// <summary>Empty directories of the root itself.</summary>
    public IReadOnlyList<SandboxDirectory> Directories { get; init; } = [];

    public IReadOnlyList<SandboxTemporaryDirectory> TemporaryDirectories { get; init; } = [];

    /// <summary>Small files such as <c>/etc/passwd</c>. They vanish with the sandbox.</summary>
    public IReadOnlyList<SandboxFile> Files { get; init; } = [];

    public IReadOnlyList<SandboxLink> Links { get; init; } = [];

    public IReadOnlyList<SandboxBind> Binds { get; init; } = [];

    /// <summary>Several directories seen as one, read-only. Only with <see cref="SandboxRoot.Host"/>.</summary>
    public IReadOnlyList<SandboxUnion> Unions { get; init; } = [];

    /// <summary>
    /// Makes /dev with null, zero, full, random, urandom, tty, pts, ptmx, shm, fd, stdin, stdout and stderr.
    /// </summary>
    public bool HasDevices { get; init; } = true;

    /// <summary>False: processes of the host are seen and <c>/proc</c> is left to the binds (programs run for a person).</summary>
    public bool HasOwnProcesses { get; init; } = true;

    /// <summary>False: an own network namespace with a loopback device and nothing else.</summary>
    public bool HasNetwork { get; init; }

    public string HostName { get; init; } = "localhost";

    /// <summary>Emulators that exist for this sandbox only. Needs Linux 6.7 when not empty.</summary>
    public IReadOnlyList<EmulatorRegistration> Emulators { get; init; } = [];

    /// <summary>Reports a 32-bit machine in <c>uname</c> (PER_LINUX32), as builds for i686 on x86_64 expect.</summary>
    public bool IsLinux32 { get; init; }

    /// <summary>No address-space randomisation, so that a program's memory layout is the same in every run.</summary>
    public bool HasFixedAddresses { get; init; } = true;

    public IReadOnlyList<SandboxLimit> Limits { get; init; } = [SandboxLimit.NoCoreDumps];

    /// <summary>Refuses set-user-id and set-group-id bits and extended attributes, and sets no_new_privs.</summary>
    public bool FiltersSystemCalls { get; init; } = true;

    public SandboxOutput Output { get; init; } = SandboxOutput.Terminal;
}

public enum SandboxRoot
{
    /// <summary>A fresh, empty file system in memory; only what the specification names is in it.</summary>
    Temporary,

    /// <summary>The host's own tree with the binds on top; their targets must exist.</summary>
    Host,

    /// <summary>
    /// No sandbox: no namespaces, and nothing of the root is made. Identity, network and host name are the caller's; limits,
    /// the system call filter and the end of all that the program started are as in a sandbox.
    /// </summary>
    Bare,
}

public enum SandboxOutput
{
    /// <summary>
    /// Standard output and error are one raw pseudo-terminal, as in stock Nix, so that programs flush line by line; input is
    /// empty.
    /// </summary>
    Terminal,

    /// <summary>Standard output and error are one pipe; input is empty.</summary>
    Pipe,

    /// <summary>The caller's own three streams.</summary>
    Inherited,
}

/// <param name="Path">Inside the sandbox.</param>
/// <param name="Mode">Permission bits.</param>
public sealed record SandboxDirectory(string Path, int Mode = 0b111_101_101);

/// <param name="Path">Inside the sandbox; made when missing.</param>
/// <param name="Mode">Permission bits of its root.</param>
/// <param name="SizeBytes">Null: the kernel's own limit, half of the memory.</param>
public sealed record SandboxTemporaryDirectory(
    string Path,
    int Mode = 0b1_111_111_111,
    long? SizeBytes = null
);

/// <param name="Path">Inside the sandbox.</param>
/// <param name="Content">The whole content.</param>
/// <param name="Mode">Permission bits.</param>
public sealed record SandboxFile(
    string Path,
    ReadOnlyMemory<byte> Content,
    int Mode = 0b110_100_100
);

/// <param name="Path">Inside the sandbox.</param>
/// <param name="Target">Taken literally.</param>
public sealed record SandboxLink(string Path, string Target);

public enum SandboxAccess
{
    /// <summary>Read-only, no set-user-id programs, no device nodes.</summary>
    ReadOnly,

    /// <summary>Writable, no set-user-id programs, no device nodes.</summary>
    Writable,

    /// <summary>A device node such as /dev/kvm.</summary>
    Device,

    /// <summary>Exactly as the host has it, submounts included.</summary>
    AsOnHost,
}

/// <summary>A file or directory of the host that the sandbox sees.</summary>
/// <param name="HostSource">On the host. A symbolic link is not followed: it is made again in the sandbox.</param>
/// <param name="Target">In the sandbox. An empty file or directory is made as a mount point when missing.</param>
/// <param name="Access">What the sandbox may do with it.</param>
/// <param name="IsOptional">True: a missing source is passed over.</param>
public sealed record SandboxBind(
    string HostSource,
    string Target,
    SandboxAccess Access = SandboxAccess.ReadOnly,
    bool IsOptional = false
);

/// <summary>Directories of the host seen as one (overlayfs, Linux 5.11); of equal names, the first one's is seen.</summary>
/// <param name="HostDirectories">Two or more, on the host. They may include <paramref name="Target"/> itself.</param>
/// <param name="Target">An existing directory.</param>
public sealed record SandboxUnion(IReadOnlyList<string> HostDirectories, string Target);

/// <summary>A kernel resource limit.</summary>
/// <param name="Resource">Number of the limit, RLIMIT_*.</param>
/// <param name="Soft">Null: unlimited.</param>
/// <param name="Hard">Null: unlimited. It cannot exceed the caller's own, which is then used instead.</param>
public sealed record SandboxLimit(int Resource, ulong? Soft, ulong? Hard)
{
    /// <summary>Core dumps are off unless the program asks, as in stock Nix.</summary>
    public static SandboxLimit NoCoreDumps { get; } = new(4, 0, null);
}

/// <summary>A kernel rule that starts programs of a foreign kind through an emulator.</summary>
/// <param name="Name">Shown in binfmt_misc; letters, digits, dash and underscore.</param>
/// <param name="Magic">First bytes of a program; at most 128.</param>
/// <param name="Mask">Bits of <paramref name="Magic"/> that count; same length.</param>
/// <param name="HostInterpreter">The emulator on the host: static, opened when registered, so the sandbox need not contain it.</param>
/// <param name="PreservesArgumentZero">Flag P: programs see the argv[0] they were given. QEMU 5.2 and newer understand it.</param>
public sealed record EmulatorRegistration(
    string Name,
    ReadOnlyMemory<byte> Magic,
    ReadOnlyMemory<byte> Mask,
    string HostInterpreter,
    bool PreservesArgumentZero = true
);
