namespace Ferry.Platform.Processes;

/// <summary>How a process ended: with a code, or by a signal.</summary>
/// <param name="Code">Exit code 0 to 255; 0 when <paramref name="Signal"/> is set.</param>
/// <param name="Signal">Signal number; 0 when the process ended by itself.</param>
public readonly record struct ProcessExit(int Code, int Signal)
{
    public bool IsSuccess => Code == 0 && Signal == 0;

    /// <summary>As a shell reports it: the code, or 128 plus the signal.</summary>
    public int ShellCode => Signal == 0 ? Code : 128 + Signal;

    /// <summary>As stock Nix words it, the end of a sentence about a builder.</summary>
    public override string ToString() =>
        Signal == 0 ? $"failed with exit code {Code}" : $"failed due to signal {Signal}";

    /// <param name="status">The status word of wait(2).</param>
    internal static ProcessExit FromWaitStatus(int status) =>
        (status & 0x7f) == 0 ? new((status >> 8) & 0xff, 0) : new(0, status & 0x7f);
}
