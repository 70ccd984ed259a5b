using System.Runtime.InteropServices;

namespace Ferry.Formats.Compression;

/// <summary>A coder's state. liblzma keeps pointers to it, so it lies outside the managed heap.</summary>
internal sealed unsafe class LzmaState : SafeHandle
{
    public LzmaState()
        : base(invalidHandleValue: 0, ownsHandle: true) =>
        SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(Lzma.State)));

    public override bool IsInvalid => handle == 0;

    /// <summary>Valid until this object is disposed of.</summary>
    public Lzma.State* Pointer => (Lzma.State*)handle;

    protected override bool ReleaseHandle()
    {
        Lzma.End(Pointer);
        NativeMemory.Free(Pointer);
        return true;
    }
}
