namespace Ferry.Debian.Tests;

/// <summary>Tests that start programs run one after another.</summary>
/// <remarks>
/// A process that is just being started holds every file open that this one has open for writing, and the kernel
/// executes no such file: a test that writes a program and runs it would fail by chance.
/// </remarks>
internal static class ProcessCollection
{
    public const string Name = "processes";
}
