using System.Runtime.CompilerServices;

namespace Ferry.Evaluation.Memory;

/// <summary>The memory of all values: one reserved range, handed out upwards and never taken back.</summary>
/// <remarks>
/// A handle counts 8-byte granules from <see cref="Base"/>, so 32 bits reach 32 GiB. Each thread takes chunks of
/// 1 MiB and bumps a pointer inside them. Fresh pages are zero: an untouched slot has <see cref="Tag.None"/>.
/// </remarks>
public static unsafe class Arena
{
    // A constant, so that the compiler folds it into every address. 64 GiB lies below everything Linux places itself.
    internal const ulong Base = 0x10_0000_0000;
    internal const ulong Capacity = 32ul << 30;
    private const ulong ChunkBytes = 1ul << 20;

    /// <summary>Strings above this get a byte chunk of their own with room to grow.</summary>
    private const int LargeStringLength = 64 << 10;

    internal const uint EmptyShapeHandle = 8;
    internal const uint EmptySetHandle = 16;
    private const ulong FirstFree = 4096;

    // Small programs get page by page what they use; those that have come this far will use whole chunks.
    private const ulong PopulatedFrom = 4ul << 20;
    private const ulong HugeFrom = 32ul << 20;

    private static readonly Lock s_gate = new();
    private static ulong s_next = FirstFree;
    private static ulong s_limit = Capacity;

    // What the last thread left of its chunks, for the next one: a command may evaluate on a thousand threads in turn.
    private static ulong* s_spareTop;
    private static ulong* s_spareEnd;
    private static byte* s_spareByteTop;
    private static byte* s_spareByteEnd;

    /// <summary>Bytes handed out so far, to all threads.</summary>
    public static long UsedBytes => (long)Volatile.Read(ref s_next);

    /// <summary>Evaluation beyond this many bytes ends in an error. At most 32 GiB.</summary>
    public static long LimitBytes
    {
        get => (long)s_limit;
        set => s_limit = Math.Min((ulong)value, Capacity);
    }

    // The arena is part of the program's shape: every constant node and symbol lives in it.
#pragma warning disable CA2255
    [ModuleInitializer]
    internal static void Initialize()
    {
        AddressSpace.ReserveAt(Base, Capacity);
        AddressSpace.PreferHugePages(Base + HugeFrom, Capacity - HugeFrom);
        *At(EmptySetHandle) = EmptyShapeHandle;
    }
#pragma warning restore CA2255

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong* At(uint handle) => (ulong*)(Base + ((ulong)handle << 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint HandleOf(void* address) => (uint)(((ulong)address - Base) >> 3);

    /// <summary>Takes zeroed words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong* Take(int words)
    {
        var block = ThreadBlock.Current;
        var start = block->Top;
        var end = start + words;
        if (end > block->End || start == null)
            return TakeSlow(block, words);
        block->Top = end;
        return start;
    }

    /// <summary>Takes back what was handed out last; nothing happens when something else was.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void GiveBack(ulong* start, ulong* end)
    {
        var block = ThreadBlock.Current;
        if (block->Top != end)
            return;
        do
        {
            *--end = 0;
        } while (end != start);
        block->Top = start;
    }

    /// <summary>Where the calling thread's next words will lie; null when it has no chunk yet.</summary>
    internal static ulong* Next
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ThreadBlock.Current->Top;
    }

    /// <summary>Takes bytes for a string; strings made one after another are neighbours.</summary>
    internal static byte* TakeBytes(int count)
    {
        var block = ThreadBlock.Current;
        var start = block->ByteTop;
        if (start == null || count > block->ByteEnd - start)
        {
            var size = Math.Max(ChunkBytes, (ulong)count);
            if (count > LargeStringLength)
                size = (ulong)count * 2;
            size = (size + 7) & ~7ul;
            start = (byte*)TakeRange(size);
            block->ByteEnd = start + size;
        }
        block->ByteTop = start + count;
        return start;
    }

    /// <summary>Extends the newest string of this thread by some bytes; false when it is not the newest or full.</summary>
    internal static bool TryGrowBytes(byte* end, int count)
    {
        var block = ThreadBlock.Current;
        if (end != block->ByteTop || count > block->ByteEnd - end)
            return false;
        block->ByteTop += count;
        return true;
    }

    /// <summary>A thread ends: what it has not used is for others.</summary>
    internal static void Release(ThreadBlock* block)
    {
        lock (s_gate)
        {
            if (block->End - block->Top > s_spareEnd - s_spareTop)
            {
                s_spareTop = block->Top;
                s_spareEnd = block->End;
            }
            if (block->ByteEnd - block->ByteTop > s_spareByteEnd - s_spareByteTop)
            {
                s_spareByteTop = block->ByteTop;
                s_spareByteEnd = block->ByteEnd;
            }
        }
    }

    /// <summary>A thread begins, without a chunk of its own yet.</summary>
    internal static void Inherit(ThreadBlock* block)
    {
        lock (s_gate)
        {
            block->Top = s_spareTop;
            block->End = s_spareEnd;
            block->ByteTop = s_spareByteTop;
            block->ByteEnd = s_spareByteEnd;
            s_spareTop = s_spareEnd = null;
            s_spareByteTop = s_spareByteEnd = null;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong* TakeSlow(ThreadBlock* block, int words)
    {
        var bytes = (ulong)words * 8;
        if (bytes > ChunkBytes / 4)
        {
            // It counts as handed out after the newest frame, which it may refer to: see Frame.Leave.
            if (block->Top < block->End)
                block->Top++;
            else
                block->Top = block->End = null;
            return TakeRange(bytes);
        }

        var start = TakeRange(ChunkBytes);
        if ((ulong)start - Base is >= PopulatedFrom and < HugeFrom)
            AddressSpace.Populate(start, ChunkBytes);
        block->Top = start + words;
        block->End = (ulong*)((ulong)start + ChunkBytes);
        return start;
    }

    private static ulong* TakeRange(ulong bytes)
    {
        lock (s_gate)
        {
            if (s_next + bytes > s_limit)
                throw EvaluationException.OutOfMemory(s_limit);
            var start = (ulong*)(Base + s_next);
            s_next += bytes;
            return start;
        }
    }
}
