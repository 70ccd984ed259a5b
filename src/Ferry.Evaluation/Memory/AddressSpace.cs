using System.Runtime.InteropServices;

namespace Ferry.Evaluation.Memory;

/// <summary>Reserves address space; pages cost memory only once they are written.</summary>
internal static unsafe partial class AddressSpace
{
    private const int ProtectionReadWrite = 1 | 2;
    private const int PrivateAnonymous = 0x2 | 0x20;
    private const int AdviceHugePage = 14;
    private const int AdvicePopulateWrite = 23;
    private const int NoReserve = 0x4000;
    private const int FixedNoReplace = 0x10_0000; // Linux 4.17; older kernels take the address as a wish.

    /// <summary>Reserves <paramref name="bytes"/> at exactly <paramref name="address"/>.</summary>
    /// <exception cref="NotSupportedException">The range is taken or the kernel refuses it.</exception>
    public static void ReserveAt(ulong address, ulong bytes)
    {
        var got = Map((void*)address, (nuint)bytes, ReserveFlags | FixedNoReplace);
        if (got != (void*)address)
            throw new NotSupportedException(
                $"cannot reserve {bytes >> 30} GiB of address space for evaluation; is the address space limited (ulimit -v)?"
            );
    }

    /// <exception cref="NotSupportedException">The kernel refuses.</exception>
    public static void* Reserve(ulong bytes)
    {
        var got = Map(null, (nuint)bytes, ReserveFlags);
        return got == (void*)-1
            ? throw new NotSupportedException($"cannot reserve {bytes >> 20} MiB")
            : got;
    }

    /// <summary>Asks for huge pages where the system has them, so that fewer pages are fetched and looked up one by one.</summary>
    /// <remarks>A wish: nothing depends on it.</remarks>
    public static void PreferHugePages(ulong address, ulong bytes) =>
        _ = Advise((void*)address, (nuint)bytes, AdviceHugePage);

    /// <summary>Makes pages present at once, which takes half as long as one by one when they are written.</summary>
    /// <remarks>A wish, which kernels before Linux 5.14 do not know.</remarks>
    public static void Populate(void* address, ulong bytes) =>
        _ = Advise(address, (nuint)bytes, AdvicePopulateWrite);

    public static void Release(void* address, ulong bytes) => _ = Unmap(address, (nuint)bytes);

    private static int ReserveFlags => PrivateAnonymous | NoReserve;

    private static void* Map(void* address, nuint length, int flags) =>
        MemoryMap(address, length, ProtectionReadWrite, flags, -1, 0);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* MemoryMap(
        void* address,
        nuint length,
        int protection,
        int flags,
        int descriptor,
        nint offset
    );

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
