using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ferry.Evaluation.Memory;

/// <summary>What one thread needs while it evaluates. Lives outside the managed heap, so that others can look at it.</summary>
/// <remarks>Owner: the thread. Others read <see cref="Trail"/>, <see cref="TrailCount"/> and <see cref="WaitingFor"/> only.</remarks>
internal unsafe struct ThreadBlock
{
    // Bounded by the stack: the shallowest forced thunk needs more than 64 bytes of 2 GiB.
    private const ulong TrailBytes = 128ul << 20;

    /// <summary>Left for the frames of one node, one builtin and for raising the exception itself.</summary>
    private const int StackReserve = 1 << 20;

    /// <summary>A thread that nobody prepared gets this much; .NET's default stacks are 1.5 MiB or more.</summary>
    private const int UnpreparedStack = 256 << 10;

    [ThreadStatic]
    private static ThreadBlock* t_current;

    private static readonly Lock s_gate = new();
    private static readonly List<nint> s_blocks = [];
    private static volatile bool s_isInterrupted;

    public ulong* Top;
    public ulong* End;
    public byte* ByteTop;
    public byte* ByteEnd;

    /// <summary>The one string of this thread that grows in place, see <see cref="StringValue.Concat"/>.</summary>
    public byte* OpenEnd;
    public byte* OpenCapacity;

    /// <summary>Handles of the slots that this thread computes, outermost first.</summary>
    public uint* Trail;
    public int TrailCount;

    /// <summary>See <see cref="Memory.Trail.Unwind"/>.</summary>
    public bool ForgetsFailures;

    /// <summary>Of a helper the number of its group, 0 for all others.</summary>
    public int HelperGroup;

    public readonly bool IsHelper => HelperGroup != 0;

    /// <summary>Calls of this thread are told to an observer.</summary>
    public bool IsObserved;

    public int CallDepth;
    public int CallDepthMax;

    /// <summary>The lowest address a frame may lie at. An interruption raises it above every frame.</summary>
    public nuint StackLimit;

    /// <summary><see cref="StackLimit"/> as it is when nobody interrupts.</summary>
    public nuint OwnStackLimit;

    /// <summary>Handle of the slot this thread sleeps on, 0 when it does not.</summary>
    public uint WaitingFor;

    public static ThreadBlock* Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var block = t_current;
            return block != null ? block : Create();
        }
    }

    /// <summary>Says how much stack the calling thread has below its current frame.</summary>
    public static void PrepareThread(long stackBytes, int callDepthMax)
    {
        var block = Current;
        int here;
        block->OwnStackLimit = (nuint)(&here) - (nuint)stackBytes + StackReserve;
        block->StackLimit = s_isInterrupted ? nuint.MaxValue : block->OwnStackLimit;
        block->CallDepthMax = callDepthMax;
    }

    public static void Observe(bool isObserved) => Current->IsObserved = isObserved;

    /// <summary>The calling thread computes ahead of another one.</summary>
    public static void BecomeHelper(int group)
    {
        Current->ForgetsFailures = true;
        lock (s_gate)
            Current->HelperGroup = group;
    }

    /// <summary>Makes the next stack check of every helper of a group fail.</summary>
    public static void HaltHelpers(int group)
    {
        lock (s_gate)
        {
            foreach (var entry in s_blocks)
            {
                var block = (ThreadBlock*)entry;
                if (block->HelperGroup == group)
                {
                    block->OwnStackLimit = nuint.MaxValue;
                    Volatile.Write(ref block->StackLimit, nuint.MaxValue);
                }
            }
        }
    }

    /// <summary>True from an interruption until it is taken back.</summary>
    public static bool IsInterrupted => s_isInterrupted;

    /// <summary>Makes the next stack check of every thread fail, so that no check of its own is needed.</summary>
    public static void Interrupt(bool isInterrupted)
    {
        lock (s_gate)
        {
            s_isInterrupted = isInterrupted;
            foreach (var entry in s_blocks)
            {
                var block = (ThreadBlock*)entry;
                Volatile.Write(
                    ref block->StackLimit,
                    isInterrupted ? nuint.MaxValue : block->OwnStackLimit
                );
            }
        }
    }

    /// <summary>Frees the calling thread's block; its arena chunks stay, since values in them live on.</summary>
    public static void ReleaseThread()
    {
        var block = t_current;
        if (block == null)
            return;
        lock (s_gate)
            s_blocks.Remove((nint)block);
        t_current = null;
        Arena.Release(block);
        AddressSpace.Release(block->Trail, TrailBytes);
        NativeMemory.Free(block);
    }

    /// <summary>The block of the thread that computes the slot, or null.</summary>
    /// <remarks>Trails change while we look; only threads that sleep are sure to be seen, which is enough.</remarks>
    public static ThreadBlock* OwnerOf(uint slot)
    {
        lock (s_gate)
        {
            foreach (var entry in s_blocks)
            {
                var block = (ThreadBlock*)entry;
                if (block->Computes(slot))
                    return block;
            }
        }
        return null;
    }

    public readonly bool Computes(uint slot)
    {
        var trail = Trail;
        for (var index = TrailCount - 1; index >= 0; index--)
        {
            if (trail[index] == slot)
                return true;
        }
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ThreadBlock* Create()
    {
        var block = (ThreadBlock*)NativeMemory.AllocZeroed((nuint)sizeof(ThreadBlock));
        block->Trail = (uint*)AddressSpace.Reserve(TrailBytes);
        int here;
        block->OwnStackLimit = (nuint)(&here) - UnpreparedStack;
        block->StackLimit = s_isInterrupted ? nuint.MaxValue : block->OwnStackLimit;
        block->CallDepthMax = int.MaxValue;
        lock (s_gate)
            s_blocks.Add((nint)block);
        Arena.Inherit(block);
        t_current = block;
        return block;
    }
}
