using CsCheck;
using Ferry.Emulation.Architectures;
using Ferry.Emulation.Elf;
using Ferry.Emulation.Registrations;

namespace Ferry.Emulation.Tests;

public class ArchitectureTests
{
    [Fact]
    public void Names_and_systems_are_unique()
    {
        var names = ArchitectureTable.All.Select(architecture => architecture.QemuName).ToList();
        var systems = ArchitectureTable
            .All.SelectMany(architecture => architecture.Systems)
            .ToList();

        Assert.Equal(names.Distinct(), names);
        Assert.Equal(systems.Distinct(), systems);
    }

    [Fact]
    public void No_program_fits_two_patterns()
    {
        foreach (var architecture in ArchitectureTable.All)
        {
            var program = ProgramPattern.Of(architecture).Magic;
            // Padded: a longer pattern looks at bytes behind a shorter one.
            var padded = new byte[64];
            program.CopyTo(padded, 0);

            var fitting = ArchitectureTable.All.Where(other =>
                ProgramPattern.Of(other).Matches(padded)
            );

            Assert.Equal([architecture], fitting);
        }
    }

    // The rules that QEMU's own scripts/qemu-binfmt-conf.sh registers, as facts of the format.
    [Theory]
    [InlineData("riscv64-linux", "7f454c460201010000000000000000000200f300")]
    [InlineData("aarch64-linux", "7f454c460201010000000000000000000200b700")]
    [InlineData("s390x-linux", "7f454c4602020100000000000000000000020016")]
    [InlineData("powerpc64le-linux", "7f454c4602010100000000000000000002001500")]
    [InlineData("armv7l-linux", "7f454c4601010100000000000000000002002800")]
    [InlineData("loongarch64-linux", "7f454c4602010100000000000000000002000201")]
    [InlineData("m68k-linux", "7f454c4601020100000000000000000000020004")]
    public void Magics_are_those_of_the_elf_format(string system, string magic) =>
        Assert.Equal(
            magic,
            Convert.ToHexStringLower(
                ProgramPattern.Of(ArchitectureTable.FindBySystem(system)!).Magic
            )
        );

    [Fact]
    public void Position_independent_and_gnu_programs_fit_too()
    {
        var pattern = ProgramPattern.Of(ArchitectureTable.FindBySystem("riscv64-linux")!);
        var program = (byte[])pattern.Magic.Clone();
        program[7] = 3; // ELFOSABI_GNU
        program[16] = 3; // ET_DYN

        Assert.True(pattern.Matches(program));
        program[16] = 1; // ET_REL
        Assert.False(pattern.Matches(program));
    }

    [Fact]
    public void A_program_of_this_machine_is_recognised()
    {
        var header = ElfReader.Read("/proc/self/exe");

        Assert.NotNull(header);
        Assert.Contains(Machine.Current.System, ArchitectureTable.FindByProgram(header)!.Systems);
        Assert.NotNull(header.Interpreter);
        Assert.True(header.IsDynamic);
    }

    [Fact]
    public void A_damaged_header_is_no_program() =>
        Check.Sample(
            Gen.Byte.Array[0, 200],
            noise =>
            {
                var file = Path.GetTempFileName();
                try
                {
                    File.WriteAllBytes(file, [.. "\u007fELF\u0002\u0001\u0001"u8, .. noise]);
                    _ = ElfReader.Read(file);
                }
                finally
                {
                    File.Delete(file);
                }
            },
            iter: 300
        );
}
