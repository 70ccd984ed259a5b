using System.Buffers.Binary;
using System.Text;
using Ferry.Emulation.Elf;
using Ferry.Platform.Files;

namespace Ferry.Emulation.Tests;

/// <summary>Foreign programs made by hand, so that no cross compiler is needed, and the emulators to run them.</summary>
internal static class ForeignPrograms
{
    public static string[] Systems { get; } = ["riscv64-linux", "aarch64-linux"];

    /// <summary>Prints <paramref name="text"/> and ends with code 0.</summary>
    public static byte[] Greeting(string system, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        return system == "riscv64-linux"
            ? Wide(
                ElfMachine.RiscV,
                [
                    0x00100513, // li a0, 1
                    0x00000597, // auipc a1, 0
                    0x02058593, // addi a1, a1, 32: the text
                    0x00000613 | ((uint)bytes.Length << 20), // li a2, length
                    0x04000893, // li a7, 64: write
                    0x00000073, // ecall
                    0x00000513, // li a0, 0
                    0x05d00893, // li a7, 93: exit
                    0x00000073, // ecall
                ],
                bytes
            )
            : Wide(
                ElfMachine.AArch64,
                [
                    0xd2800020, // mov x0, 1
                    0x100000e1, // adr x1, 28: the text
                    0xd2800002 | ((uint)bytes.Length << 5), // mov x2, length
                    0xd2800808, // mov x8, 64: write
                    0xd4000001, // svc 0
                    0xd2800000, // mov x0, 0
                    0xd2800ba8, // mov x8, 93: exit
                    0xd4000001, // svc 0
                ],
                bytes
            );
    }

    /// <summary>Prints the first five bytes of <c>argv[0]</c> and ends with code 3. For riscv64-linux.</summary>
    public static byte[] ArgumentZero() =>
        Wide(
            ElfMachine.RiscV,
            [
                0x00100513, // li a0, 1
                0x00813583, // ld a1, 8(sp)
                0x00500613, // li a2, 5
                0x04000893, // li a7, 64
                0x00000073, // ecall
                0x00300513, // li a0, 3
                0x05d00893, // li a7, 93
                0x00000073, // ecall
            ],
            []
        );

    public static void Write(string path, byte[] program)
    {
        File.WriteAllBytes(path, program);
        FileMetadata.ChangeMode(path, 0b111_101_101);
    }

    /// <summary>The static QEMU for a system, or the end of the test.</summary>
    public static string FindQemu(string system)
    {
        var name = $"qemu-{Emulators.QemuName(system)}";
        var directory = Environment.GetEnvironmentVariable("FERRY_TEST_QEMU") ?? "/usr/bin";
        string[] candidates =
        [
            Path.Combine(directory, name + "-static"),
            Path.Combine(directory, name),
        ];
        var found = candidates.FirstOrDefault(path =>
            File.Exists(path) && ElfReader.Read(path) is { IsStatic: true }
        );
        Assert.SkipUnless(
            found is not null,
            $"no static {name} here; FERRY_TEST_QEMU may name a directory with one"
        );
        return found!;
    }

    public static void SkipUnlessKernelRegisters() =>
        Assert.SkipUnless(
            Machine.Current.Kernel >= new Version(6, 7),
            "this kernel knows no registrations of a sandbox's own (Linux 6.7)"
        );

    private static byte[] Wide(ElfMachine machine, uint[] code, byte[] data)
    {
        var bytes = new byte[code.Length * 4 + data.Length];
        for (var index = 0; index < code.Length; index++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(index * 4), code[index]);
        data.CopyTo(bytes.AsSpan(code.Length * 4));
        return TinyElf.Wide(machine, machine == ElfMachine.RiscV ? 4u : 0, bytes);
    }
}
