using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ferry.Formats.Compression;

/// <summary>The part of liblzma that is used here. Linked statically into the program; tests load the shared library.</summary>
internal static unsafe partial class Lzma
{
    public const int Ok = 0;
    public const int StreamEnd = 1;
    public const int MemoryError = 5;
    public const int BufferError = 10;

    public const int Run = 0;
    public const int Finish = 3;

    /// <summary>Several streams behind one another are read as one, as xz does.</summary>
    public const uint Concatenated = 0x08;

    /// <summary>The check of xz's own default: CRC64.</summary>
    public const int CheckCrc64 = 4;

    public const ulong NoMemoryLimit = ulong.MaxValue;

    private const string Library = "lzma";

    /// <summary>lzma_stream, whose layout is part of the library's binary interface.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct State
    {
        public byte* NextIn;
        public nuint AvailableIn;
        public ulong TotalIn;
        public byte* NextOut;
        public nuint AvailableOut;
        public ulong TotalOut;
        public void* Allocator;
        public void* Internal;

        // Seven words and two enumerations, all reserved and zero.
        private fixed ulong _reserved[9];
    }

    // Run when the assembly is loaded: an executable with the library inside never asks the resolver.
#pragma warning disable CA2255
    [ModuleInitializer]
    internal static void FindSharedLibrary() =>
        NativeLibrary.SetDllImportResolver(
            typeof(Lzma).Assembly,
            static (name, assembly, path) =>
                name == Library
                && (
                    NativeLibrary.TryLoad("liblzma.so.5", assembly, path, out var handle)
                    || NativeLibrary.TryLoad("liblzma.5.dylib", assembly, path, out handle)
                )
                    ? handle
                    : 0
        );
#pragma warning restore CA2255

    [LibraryImport(Library, EntryPoint = "lzma_stream_decoder")]
    public static partial int BeginDecoding(State* state, ulong memoryLimit, uint flags);

    [LibraryImport(Library, EntryPoint = "lzma_easy_encoder")]
    public static partial int BeginEncoding(State* state, uint preset, int check);

    [LibraryImport(Library, EntryPoint = "lzma_code")]
    public static partial int Code(State* state, int action);

    [LibraryImport(Library, EntryPoint = "lzma_end")]
    public static partial void End(State* state);
}
