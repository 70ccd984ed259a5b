using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Platform.Processes;

/// <summary>Reads a pipe or the master side of a pseudo-terminal to its end. For one reader at a time.</summary>
internal sealed unsafe partial class DescriptorStream(SafeFileHandle handle) : Stream
{
    private const int InterruptedCall = 4;

    // What a pseudo-terminal answers once its other side is closed: its end of file.
    private const int InputOutputError = 5;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        fixed (byte* pointer = buffer)
        {
            while (true)
            {
                var count = ReadDescriptor(handle, pointer, (nuint)buffer.Length);
                if (count >= 0)
                    return (int)count;
                var error = Marshal.GetLastPInvokeError();
                if (error == InputOutputError)
                    return 0;
                if (error != InterruptedCall)
                    throw new IOException(
                        "cannot read a program's output",
                        new Win32Exception(error)
                    );
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            handle.Dispose();
        base.Dispose(disposing);
    }

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadDescriptor(
        SafeFileHandle descriptor,
        byte* buffer,
        nuint count
    );
}
