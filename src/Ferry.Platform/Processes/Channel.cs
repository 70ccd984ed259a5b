using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Platform.Processes;

/// <summary>Two connected descriptors, both close-on-exec: a pipe, or a raw pseudo-terminal.</summary>
/// <param name="Reader">The side this process reads.</param>
/// <param name="Writer">The side a child writes; close it here once the child has it.</param>
internal sealed record Channel(SafeFileHandle Reader, SafeFileHandle Writer) : IDisposable
{
    public void Dispose()
    {
        Reader.Dispose();
        Writer.Dispose();
    }

    public static Channel Pipe()
    {
        Span<int> ends = stackalloc int[2];
        ChannelCalls.Check(ChannelCalls.CreatePipe(ends), "cannot make a pipe");
        return new(new SafeFileHandle(ends[0], true), new SafeFileHandle(ends[1], true));
    }

    /// <param name="owner">Who may open the terminal again by its name, as <c>/dev/stderr</c> does.</param>
    public static Channel Terminal(uint owner)
    {
        const string Failure = "cannot make a pseudo-terminal (is /dev/pts mounted?)";
        var number = ChannelCalls.OpenTerminal(ChannelCalls.OpenFlags);
        ChannelCalls.Check(number, Failure);
        var master = new SafeFileHandle(number, true);
        try
        {
            ChannelCalls.Check(ChannelCalls.UnlockTerminal(master), Failure);
            // By descriptor, not by name: the name may mean another terminal in this mount namespace.
            var peer = ChannelCalls.OpenPeer(master);
            ChannelCalls.Check(peer, Failure);
            var slave = new SafeFileHandle(peer, true);
            ChannelCalls.MakeRaw(slave);
            // Refused for an ordinary user, who owns it already.
            _ = ChannelCalls.ChangeOwner(slave, owner, uint.MaxValue);
            _ = ChannelCalls.ChangeMode(slave, 0b110_000_000);
            return new(master, slave);
        }
        catch
        {
            master.Dispose();
            throw;
        }
    }
}

internal static unsafe partial class ChannelCalls
{
    private const int ReadWrite = 2;
    private const int NoControllingTerminal = 0x100;
    private const int CloseOnExec = 0x80000;
    private const nuint GetPeer = 0x5441;

    // struct termios is 60 bytes in glibc.
    private const int TerminalSettingsSizeBytes = 128;

    public const int OpenFlags = ReadWrite | NoControllingTerminal | CloseOnExec;

    public static int CreatePipe(Span<int> ends)
    {
        fixed (int* pointer = ends)
            return MakePipe(pointer, CloseOnExec);
    }

    public static int OpenPeer(SafeFileHandle master) => Control(master, GetPeer, OpenFlags);

    // Raw: no translation of line ends, no echo.
    public static void MakeRaw(SafeFileHandle terminal)
    {
        var settings = stackalloc byte[TerminalSettingsSizeBytes];
        Check(GetSettings(terminal, settings), "cannot read terminal settings");
        SetRaw(settings);
        Check(ChangeSettings(terminal, 0, settings), "cannot change terminal settings");
    }

    public static void Check(int result, string failure)
    {
        if (result < 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), failure);
    }

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int MakePipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    public static partial int OpenTerminal(int flags);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    public static partial int UnlockTerminal(SafeFileHandle master);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle descriptor, nuint request, nint argument);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int GetSettings(SafeFileHandle terminal, byte* settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int ChangeSettings(SafeFileHandle terminal, int when, byte* settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void SetRaw(byte* settings);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    public static partial int ChangeOwner(SafeFileHandle descriptor, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    public static partial int ChangeMode(SafeFileHandle descriptor, uint mode);
}
