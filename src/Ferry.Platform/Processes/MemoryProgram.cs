using System.ComponentModel;
using System.Runtime.InteropServices;
using Ferry.Platform.Files;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Platform.Processes;

/// <summary>A program that lies in memory and nowhere else; it can be started until it is disposed.</summary>
public sealed partial class MemoryProgram : IDisposable
{
    private const uint CloseOnExec = 1;

    private readonly SafeFileHandle _file;

    private MemoryProgram(SafeFileHandle file, string path) => (_file, Path) = (file, path);

    /// <summary>By the number of this process, since a child looks the path up as well.</summary>
    public string Path { get; }

    /// <exception cref="Win32Exception">There is no memory for it; carries errno.</exception>
    public static MemoryProgram Create(ReadOnlySpan<byte> content)
    {
        var number = CreateMemoryFile("program", CloseOnExec);
        SystemFailure.ThrowIfNegative(number, "cannot make", "a file in memory");
        using var writable = new SafeFileHandle(number, ownsHandle: true);
        RandomAccess.Write(writable, content, 0);
        // A file that is open for writing is not executed (ETXTBSY).
        var path = $"/proc/{Environment.ProcessId}/fd/{number}";
        var readable = FileHandles.Open(path, FileOpening.Read);
        return new MemoryProgram(
            readable,
            $"/proc/{Environment.ProcessId}/fd/{readable.DangerousGetHandle()}"
        );
    }

    public void Dispose() => _file.Dispose();

    [LibraryImport(
        "libc",
        EntryPoint = "memfd_create",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    private static partial int CreateMemoryFile(string name, uint flags);
}
