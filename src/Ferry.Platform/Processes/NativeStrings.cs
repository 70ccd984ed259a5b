using System.Runtime.InteropServices;

namespace Ferry.Platform.Processes;

/// <summary>A NULL-terminated array of NUL-terminated strings, as execve wants it. Lives until disposed.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private byte** _pointer;

    public NativeStrings(IReadOnlyList<ReadOnlyMemory<byte>> texts)
    {
        nuint total = 0;
        foreach (var text in texts)
            total += (nuint)text.Length + 1;
        var pointersSize = (nuint)(texts.Count + 1) * (nuint)sizeof(byte*);

        // One block: the pointers first, the text behind them.
        _pointer = (byte**)NativeMemory.AllocZeroed(pointersSize + total);
        var position = (byte*)_pointer + pointersSize;
        for (var index = 0; index < texts.Count; index++)
        {
            _pointer[index] = position;
            var text = texts[index].Span;
            text.CopyTo(new Span<byte>(position, text.Length));
            position += text.Length + 1;
        }
    }

    public byte** Pointer => _pointer;

    public void Dispose()
    {
        NativeMemory.Free(_pointer);
        _pointer = null;
    }
}
