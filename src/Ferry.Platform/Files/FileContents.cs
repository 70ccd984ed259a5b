using System.Buffers;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ferry.Platform.Files;

/// <summary>Reads whole files with as few system calls as there can be: evaluations read thousands of small ones.</summary>
public static unsafe partial class FileContents
{
    // Most Nix files fit, so that they are read and copied once.
    private const int FirstLength = 64 * 1024;

    private const int FileTooLarge = 27;

    /// <summary>The bytes of a regular file.</summary>
    /// <exception cref="Win32Exception">It cannot be read; carries errno.</exception>
    public static byte[] Read(NativePath path)
    {
        using var handle = FileHandles.Open(path, FileOpening.Read);
        var descriptor = (int)handle.DangerousGetHandle();
        var buffer = ArrayPool<byte>.Shared.Rent(FirstLength);
        try
        {
            var length = 0;
            int count;
            while ((count = Read(descriptor, buffer.AsSpan(length), path)) > 0)
            {
                length += count;
                if (length == buffer.Length)
                    buffer = Grow(buffer);
            }

            return buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        if (buffer.Length == Array.MaxLength)
            throw new Win32Exception(FileTooLarge);
        var grown = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * buffer.Length, Array.MaxLength));
        buffer.CopyTo(grown, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return grown;
    }

    private static int Read(int descriptor, Span<byte> buffer, NativePath path)
    {
        fixed (byte* start = buffer)
        {
            nint count;
            do count = ReadBytes(descriptor, start, (nuint)buffer.Length);
            while (count < 0 && Marshal.GetLastPInvokeError() == SystemFailure.InterruptedCall);
            SystemFailure.ThrowIfNegative(count, "cannot read", path);
            return (int)count;
        }
    }

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadBytes(int descriptor, byte* buffer, nuint count);
}
