using System.Formats.Tar;
using Ferry.Debian.Elf;
using Ferry.Debian.Prefixes;
using Ferry.Debian.Tests.Elf;

namespace Ferry.Debian.Tests.Prefixes;

public sealed class PrefixAssemblerTests : IDisposable
{
    private const string Out = "/nix/store/00000000000000000000000000000000-out";

    private static readonly PrefixSpecification s_plain = new()
    {
        Packages = [],
        Moves =
        [
            new("lib/x86_64-linux-gnu", "lib"),
            new("include/x86_64-linux-gnu", "include"),
            new("lib64", "lib"),
            new("sbin", "bin"),
        ],
    };

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Directories_are_merged_and_usr_is_taken_away()
    {
        Assemble(
            s_plain,
            [
                DebSample.File("./usr/bin/a", "a", isExecutable: true),
                DebSample.File("./bin/b", "b"),
                DebSample.File("./usr/sbin/c", "c"),
                DebSample.File("./usr/lib/x86_64-linux-gnu/libd.so.1", "d"),
                DebSample.File("./usr/include/x86_64-linux-gnu/bits/e.h", "e"),
            ]
        );

        Assert.Equal(["bin/a", "bin/b", "bin/c", "include/bits/e.h", "lib/libd.so.1"], Files());
        Assert.True(Mode("bin/a").HasFlag(UnixFileMode.UserExecute));
        Assert.False(Mode("bin/b").HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public void Patterns_choose_the_files()
    {
        Assemble(
            s_plain with
            {
                Include = ["bin/**", "lib/**"],
                Exclude = ["lib/doc/**"],
                Keep = ["lib/doc/kept"],
            },
            [
                DebSample.File("usr/bin/a", ""),
                DebSample.File("usr/lib/doc/dropped", ""),
                DebSample.File("usr/lib/doc/kept", ""),
                DebSample.File("usr/share/x", ""),
            ]
        );
        Assert.Equal(["bin/a", "lib/doc/kept"], Files());
    }

    [Fact]
    public void Links_lead_to_where_their_targets_have_moved()
    {
        Assemble(
            s_plain,
            [
                DebSample.File("usr/lib/x86_64-linux-gnu/libz.so.1.3", "z"),
                DebSample.Link("usr/lib/x86_64-linux-gnu/libz.so.1", "libz.so.1.3"),
                DebSample.Link("usr/lib/gcc/libz.so", "../x86_64-linux-gnu/libz.so.1"),
                DebSample.Link("usr/bin/z", "/lib/x86_64-linux-gnu/libz.so.1.3"),
                DebSample.HardLink("usr/bin/hard", "usr/lib/x86_64-linux-gnu/libz.so.1.3"),
            ]
        );
        Assert.Equal("libz.so.1.3", LinkAt("lib/libz.so.1"));
        Assert.Equal("../libz.so.1", LinkAt("lib/gcc/libz.so"));
        Assert.Equal("../lib/libz.so.1.3", LinkAt("bin/z"));
        Assert.Equal("z", Text("bin/hard"));
    }

    [Fact]
    public void A_link_that_would_lead_to_itself_or_nowhere_is_dropped()
    {
        Assemble(
            s_plain,
            [
                DebSample.File("usr/lib/x86_64-linux-gnu/ld.so", "ld"),
                DebSample.Link("usr/lib64/ld.so", "../lib/x86_64-linux-gnu/ld.so"),
                DebSample.Link("usr/lib/gone", "nothing"),
                DebSample.Link("usr/lib/gone2", "gone"),
                DebSample.Link("usr/lib/ring1", "ring2"),
                DebSample.Link("usr/lib/ring2", "ring1"),
            ]
        );
        Assert.Equal(["lib/ld.so"], Files());
        Assert.Equal("ld", Text("lib/ld.so"));
    }

    [Fact]
    public void What_a_companion_has_is_linked_there()
    {
        _scratch.Write("companion/lib/libc.so.6", []);
        Assemble(
            s_plain with
            {
                Companions = [_scratch["companion"]],
            },
            [
                DebSample.Link("usr/lib/x86_64-linux-gnu/libc-link.so", "libc.so.6"),
                DebSample.File("usr/lib/x86_64-linux-gnu/libc_nonshared.a", "!<arch>\n"),
                DebSample.File(
                    "usr/lib/x86_64-linux-gnu/libc.so",
                    "/* GNU ld script\n   words /usr/lib in a comment */\nGROUP ( /lib/x86_64-linux-gnu/libc.so.6 /usr/lib/x86_64-linux-gnu/libc_nonshared.a AS_NEEDED ( /lib64/unknown.so ) -lgcc )\n"
                ),
            ]
        );
        Assert.Equal($"{_scratch["companion"]}/lib/libc.so.6", LinkAt("lib/libc-link.so"));
        Assert.Contains(
            $"GROUP ( {_scratch["companion"]}/lib/libc.so.6 {Out}/lib/libc_nonshared.a AS_NEEDED ( /lib64/unknown.so ) -lgcc )",
            Text("lib/libc.so")
        );
    }

    [Fact]
    public void Scripts_name_interpreters_of_the_prefix()
    {
        Assemble(
            s_plain with
            {
                Interpreters = ["@out@/bin"],
                Links = new Dictionary<string, string> { ["bin/sh"] = "bash" },
            },
            [
                DebSample.File("usr/bin/bash", "", isExecutable: true),
                DebSample.File("usr/bin/a", "#!/bin/sh -e\nexit\n", isExecutable: true),
                DebSample.File("usr/bin/b", "#! /usr/bin/env bash\nexit\n"),
                DebSample.File("usr/bin/c", "#!/usr/bin/python3\n"),
                DebSample.File("usr/bin/d", "#!\n"),
            ]
        );
        Assert.Equal($"#!{Out}/bin/sh -e\nexit\n", Text("bin/a"));
        Assert.True(Mode("bin/a").HasFlag(UnixFileMode.UserExecute));
        Assert.Equal($"#!{Out}/bin/bash\nexit\n", Text("bin/b"));
        Assert.Equal("#!/usr/bin/python3\n", Text("bin/c"));
        Assert.Equal("#!\n", Text("bin/d"));
        Assert.Equal("bash", LinkAt("bin/sh"));
    }

    [Fact]
    public void A_wrapped_program_is_moved_aside()
    {
        Assemble(
            s_plain with
            {
                Wrappers = new Dictionary<string, ProgramWrapper>
                {
                    ["bin/perl"] = new(
                        "@out@/bin/bash",
                        new Dictionary<string, string> { ["PERL5LIB"] = "@out@/share/perl" }
                    ),
                },
            },
            [DebSample.File("usr/bin/perl", "perl", isExecutable: true)]
        );
        Assert.Equal("perl", Text("bin/.perl-wrapped"));
        Assert.Equal(
            $"#!{Out}/bin/bash\nexport PERL5LIB=\"${{PERL5LIB:+$PERL5LIB:}}{Out}/share/perl\"\nexec -a \"$0\" \"{Out}/bin/.perl-wrapped\" \"$@\"\n",
            Text("bin/perl")
        );
        Assert.True(Mode("bin/perl").HasFlag(UnixFileMode.UserExecute));
    }

    [Fact]
    public void Programs_of_the_named_system_are_relocated_and_others_are_not()
    {
        var native = new ElfSample { Machine = ElfMachine.OfSystem("x86_64-linux") };
        var foreign = new ElfSample { Machine = ElfMachine.OfSystem("riscv64-linux") };
        Assemble(
            s_plain with
            {
                Relocations = [new("x86_64-linux", "/glibc/ld.so", ["@out@/lib", "/glibc"])],
            },
            [
                DebSample.File("usr/bin/native", native.Write(), isExecutable: true),
                DebSample.File("usr/bin/foreign", foreign.Write(), isExecutable: true),
            ]
        );
        var view = native.Read(File.ReadAllBytes(_scratch["out/bin/native"]));
        Assert.Equal("/glibc/ld.so", view.Interpreter);
        Assert.Equal($"{Out}/lib:/glibc", view.RunPath);
        Assert.Equal(foreign.Write(), File.ReadAllBytes(_scratch["out/bin/foreign"]));
    }

    [Fact]
    public void Packages_may_share_a_file_only_with_one_content()
    {
        Assemble(s_plain, [DebSample.File("usr/a", "x")], [DebSample.File("usr/a", "x")]);
        Assert.Equal("x", Text("a"));

        Assert.Contains(
            "different files called 'a'",
            Failure([DebSample.File("usr/a", "x")], [DebSample.File("usr/a", "y")])
        );
        Assert.Contains(
            "as a file and as a link",
            Failure([DebSample.File("usr/a", "x")], [DebSample.Link("usr/a", "b")])
        );
        Assert.Contains(
            "as links",
            Failure([DebSample.Link("usr/a", "c")], [DebSample.Link("usr/a", "b")])
        );
    }

    [Fact]
    public void A_hostile_package_cannot_write_elsewhere()
    {
        Assert.Contains("climbs", Failure([DebSample.File("usr/../../evil", "x")]));
        Assert.Contains("cannot hold", Failure([new GnuTarEntry(TarEntryType.Fifo, "usr/pipe")]));
    }

    [Fact]
    public void The_same_packages_give_the_same_tree_in_any_order()
    {
        TarEntry[] one() => [DebSample.File("usr/a", "1"), DebSample.Link("usr/l", "b")];
        TarEntry[] two() => [DebSample.File("usr/b", "2")];
        Assemble(s_plain, one(), two());
        var first = Files();
        Assemble(s_plain, two(), one());
        Assert.Equal(first, Files());
    }

    private string Failure(params TarEntry[][] packages) =>
        Assert.Throws<DebianException>(() => Assemble(s_plain, packages)).Message;

    private void Assemble(PrefixSpecification specification, params TarEntry[][] packages)
    {
        if (Directory.Exists(_scratch["out"]))
            Directory.Delete(_scratch["out"], recursive: true);
        var files = packages.Select(
            (entries, index) => _scratch.Write($"{index}.deb", DebSample.Package(entries))
        );
        PrefixAssembler.Assemble(
            specification with
            {
                Packages = [.. files],
            },
            new(_scratch["out"], Out, path => path),
            (_, _) => { },
            TestContext.Current.CancellationToken
        );
    }

    private List<string> Files() =>
        [
            .. Directory
                .EnumerateFiles(_scratch["out"], "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(_scratch["out"], file))
                .Order(StringComparer.Ordinal),
        ];

    private string Text(string path) => File.ReadAllText(_scratch["out/" + path]);

    private string? LinkAt(string path) => new FileInfo(_scratch["out/" + path]).LinkTarget;

    private UnixFileMode Mode(string path) => File.GetUnixFileMode(_scratch["out/" + path]);
}
