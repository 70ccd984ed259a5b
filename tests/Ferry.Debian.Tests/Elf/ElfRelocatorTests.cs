using Ferry.Debian.Elf;
using Ferry.Platform.Processes;

namespace Ferry.Debian.Tests.Elf;

[Collection(ProcessCollection.Name)]
public class ElfRelocatorTests
{
    private const string Loader = "/nix/store/aaaa-glibc/lib/ld.so";
    private const string RunPath = "/nix/store/bbbb-out/lib:/nix/store/aaaa-glibc/lib";

    [Theory]
    [InlineData("x86_64-linux")]
    [InlineData("aarch64-linux")]
    [InlineData("riscv64-linux")]
    [InlineData("i686-linux")]
    [InlineData("armv7l-linux")]
    [InlineData("mips-linux")]
    [InlineData("mips64-linux")]
    [InlineData("s390x-linux")]
    [InlineData("m68k-linux")]
    [InlineData("powerpc64le-linux")]
    public void Interpreter_and_run_path_are_replaced_and_all_else_is_kept(string system)
    {
        var sample = new ElfSample { Machine = ElfMachine.OfSystem(system) };
        var file = sample.Write();
        var before = (byte[])file.Clone();

        Assert.Equal(ElfRelocation.Relocated, Relocate(sample, file, out var relocated));

        Assert.Equal(before, file);
        var view = sample.Read(relocated);
        Assert.Equal(Loader, view.Interpreter);
        Assert.Equal(RunPath, view.RunPath);
        Assert.Equal("libneeded.so.1", view.Needed);
        Assert.Equal("libsample.so.1", view.SharedName);
        Assert.True(view.LoadsAreInOrder);
        Assert.True(view.LoadsAgreeWithPages);
    }

    // A linker refuses a library whose run path lies outside of the string table's section.
    [Fact]
    public void The_run_path_lies_in_the_string_table_that_the_section_names()
    {
        var sample = new ElfSample { Machine = ElfMachine.OfSystem("riscv64-linux") };
        Relocate(sample, sample.Write(), out var relocated);
        var view = sample.Read(relocated);
        Assert.True(view.IsRunPathInTable);
        Assert.Equal(view.TableAddress, view.SectionAddress);
    }

    [Fact]
    public void A_file_linked_for_large_pages_still_loads_with_them()
    {
        var sample = new ElfSample
        {
            Machine = ElfMachine.OfSystem("aarch64-linux"),
            LoadAlignment = 0x10000,
        };
        Relocate(sample, sample.Write(), out var relocated);
        Assert.True(sample.Read(relocated).LoadsAgreeWithPages);
    }

    [Fact]
    public void A_library_gets_a_run_path_and_no_interpreter()
    {
        var sample = new ElfSample
        {
            Machine = ElfMachine.OfSystem("x86_64-linux"),
            Interpreter = null,
        };
        Assert.Equal(ElfRelocation.Relocated, Relocate(sample, sample.Write(), out var relocated));
        var view = sample.Read(relocated);
        Assert.Null(view.Interpreter);
        Assert.Equal(RunPath, view.RunPath);
    }

    [Fact]
    public void A_file_whose_note_is_used_up_cannot_be_relocated_again()
    {
        var sample = new ElfSample { Machine = ElfMachine.OfSystem("x86_64-linux") };
        Relocate(sample, sample.Write(), out var once);
        Assert.Throws<DebianException>(() => Relocate(sample, once, out _));
    }

    [Theory]
    [InlineData("libc.so.6")]
    [InlineData("ld-linux-x86-64.so.2")]
    [InlineData("ld64.so.2")]
    public void The_C_library_and_the_loader_are_left_alone(string name)
    {
        var sample = new ElfSample
        {
            Machine = ElfMachine.OfSystem("x86_64-linux"),
            SharedName = name,
        };
        var file = sample.Write();
        Assert.Equal(ElfRelocation.LeftAlone, Relocate(sample, file, out var relocated));
        Assert.Same(file, relocated);
    }

    [Fact]
    public void Files_of_other_machines_and_files_that_need_nothing_are_left_alone()
    {
        var foreign = new ElfSample { Machine = ElfMachine.OfSystem("riscv64-linux") };
        var native = new ElfSample { Machine = ElfMachine.OfSystem("x86_64-linux") };
        Assert.Equal(ElfRelocation.NotNeeded, Relocate(native, foreign.Write(), out _));

        var alone = native with { Interpreter = null, NeedsLibrary = false };
        Assert.Equal(ElfRelocation.NotNeeded, Relocate(alone, alone.Write(), out _));
        Assert.Equal(ElfRelocation.NotNeeded, Relocate(native, "#!/bin/sh\n"u8.ToArray(), out _));
    }

    [Fact]
    public void A_file_without_room_is_an_error_that_says_what_is_missing()
    {
        var sample = new ElfSample { Machine = ElfMachine.OfSystem("x86_64-linux") };
        Assert.Contains("no spare entry", Failure(sample with { NullEntries = 1 }));
        Assert.Contains("no program header", Failure(sample with { HasNote = false }));
    }

    [Fact]
    public void A_file_that_is_cut_off_is_an_error()
    {
        var sample = new ElfSample { Machine = ElfMachine.OfSystem("x86_64-linux") };
        var file = sample.Write();
        for (var length = 64; length < 0x700; length += 24)
        {
            var part = file[..length];
            Assert.Throws<DebianException>(() => Relocate(sample, part, out _));
        }
    }

    [Fact]
    public void A_relocated_program_of_this_machine_runs()
    {
        const string Program = "/usr/bin/true";
        const string HostLoader = "/lib64/ld-linux-x86-64.so.2";
        Assert.SkipUnless(
            File.Exists(Program) && File.Exists(HostLoader),
            $"'{Program}' or '{HostLoader}' is not on this machine"
        );
        using var scratch = new Scratch();
        var outcome = ElfRelocator.Relocate(
            File.ReadAllBytes(Program),
            ElfMachine.OfSystem("x86_64-linux"),
            // A name of our own for the loader shows that it is this one that the kernel takes.
            Path.Combine(scratch.Path, "loader"),
            "/nonexistent:/lib/x86_64-linux-gnu",
            out var relocated
        );
        File.CreateSymbolicLink(scratch["loader"], HostLoader);
        scratch.Write("true", relocated);
        File.SetUnixFileMode(scratch["true"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Equal(ElfRelocation.Relocated, outcome);
        var exit = ProcessLines.Run(
            new() { Program = scratch["true"] },
            _ => { },
            TestContext.Current.CancellationToken
        );
        Assert.True(exit.IsSuccess);

        File.Delete(scratch["loader"]);
        Assert.ThrowsAny<Exception>(() =>
            ProcessLines.Run(
                new() { Program = scratch["true"] },
                _ => { },
                TestContext.Current.CancellationToken
            )
        );
    }

    private static ElfRelocation Relocate(ElfSample sample, byte[] file, out byte[] relocated) =>
        ElfRelocator.Relocate(file, sample.Machine, Loader, RunPath, out relocated);

    private static string Failure(ElfSample sample) =>
        Assert.Throws<DebianException>(() => Relocate(sample, sample.Write(), out _)).Message;
}
