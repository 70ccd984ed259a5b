namespace Ferry.Platform.Sandbox;

/// <summary>A sandbox could not be made, or its program could not be started.</summary>
public sealed class SandboxException : Exception
{
    private SandboxException(string message, SandboxStep step, int errorNumber)
        : base(message) => (Step, ErrorNumber) = (step, errorNumber);

    public SandboxStep Step { get; }

    /// <summary>The kernel's errno; 0 when the kernel was not the one that refused.</summary>
    public int ErrorNumber { get; }

    internal static SandboxException Failed(SandboxStep step, int errorNumber, string message) =>
        new(message, step, errorNumber);
}

/// <summary>Where a sandbox failed. Numbers are those of <c>Native/sandbox.h</c>.</summary>
public enum SandboxStep
{
    /// <summary>Before the first change: the specification or the launcher is wrong.</summary>
    Prepare = 0,
    CreateNamespaces = 1,
    MapIdentity = 2,
    Mount = 3,
    RegisterEmulator = 4,
    Network = 5,
    EnterRoot = 6,
    Restrict = 7,

    /// <summary>Everything stands, but the program itself could not be executed.</summary>
    Execute = 8,
}
