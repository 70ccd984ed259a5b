using Ferry.Platform.Files;
using Ferry.Platform.Processes;
using Ferry.Platform.Sandbox;

namespace Ferry.Platform.Tests.Sandbox;

public class SandboxTests
{
    [Fact]
    public void A_program_runs_and_its_output_and_code_come_back()
    {
        using var box = new Box();

        var (exit, output) = box.Run("echo out; echo err >&2; exit 7");

        Assert.Equal("out\nerr\n", output);
        Assert.Equal(7, exit.Code);
    }

    [Theory]
    [InlineData("exit 137", 137, 0)]
    [InlineData("kill -9 $$", 0, 9)]
    [InlineData("kill -11 $$", 0, 11)]
    public void A_signal_is_not_mistaken_for_a_code(string script, int code, int signal)
    {
        using var box = new Box();

        var (exit, _) = box.Run(script);

        Assert.Equal((code, signal), (exit.Code, exit.Signal));
    }

    [Fact]
    public void The_program_is_the_build_user_inside_and_an_unprivileged_one_outside()
    {
        using var box = new Box();

        var (_, output) = box.Run("id -u; id -g; echo x > made; stat -c %u:%g made");

        Assert.Equal("1000\n100\n1000:100\n", output);
        var made = FileStatus.Get(Path.Combine(box.Build, "made"));
        Assert.Equal((box.Identity.HostUser, box.Identity.HostGroup), (made.User, made.Group));
        Assert.True(made.User != 0 || UserIdentity.IsLonelyRoot);
    }

    [Fact]
    public void Only_what_was_named_is_in_the_root()
    {
        using var box = new Box();

        var (_, output) = box.Run(
            "ls -1 / | grep -v -e lib -e bin; ls -1 /etc /dev; cat /etc/passwd"
        );

        Assert.Equal(
            """
            build
            dev
            etc
            proc
            tmp
            usr
            /dev:
            fd
            full
            null
            ptmx
            pts
            random
            shm
            stderr
            stdin
            stdout
            tty
            urandom
            zero

            /etc:
            group
            passwd
            builder:x:1000:100::/build:/noshell

            """,
            output
        );
    }

    [Fact]
    public void Devices_work()
    {
        using var box = new Box();

        var (exit, output) = box.Run(
            "echo x > /dev/null && head -c4 /dev/zero | wc -c && head -c4 /dev/urandom | wc -c "
                + "&& echo y > /dev/stderr && echo z > /dev/stdout && echo shm > /dev/shm/a && cat /dev/shm/a "
                + "&& cat < /dev/stdin; test -t 1 && echo tty; script -qc 'echo pty' /dev/null; echo q > /dev/full"
        );

        Assert.Equal("4\n4\ny\nz\nshm\ntty\npty\r\nsh: 1: echo: echo: I/O error\n", output);
        Assert.False(exit.IsSuccess);
    }

    [Fact]
    public void The_store_is_seen_at_another_path_than_it_has_and_takes_outputs()
    {
        using var box = new Box();
        var (real, outputs) = (Path.Combine(box.Scratch, "real"), Path.Combine(box.Scratch, "out"));
        Directory.CreateDirectory(Path.Combine(real, "aaa-input"));
        Directory.CreateDirectory(outputs);
        File.WriteAllText(Path.Combine(real, "aaa-input", "file"), "content");
        File.WriteAllText(Path.Combine(real, "bbb-file"), "plain");
        SymbolicLink.Create("/nix/store/bbb-file", Path.Combine(real, "ccc-link"));
        if (box.IsSeparate)
            FileMetadata.ChangeOwner(outputs, box.Identity.HostUser, box.Identity.HostGroup);
        // Root's private directories must not matter: the build's user may not enter them.
        FileMetadata.ChangeMode(real, 0b111_000_000);
        string[] inputs = ["aaa-input", "bbb-file", "ccc-link"];
        var specification = box.Shell(
            "cd /nix/store; cat aaa-input/file bbb-file ccc-link; echo; mkdir ddd-out; echo new > ddd-out/x; "
                + "echo bad > aaa-input/file; echo bad > bbb-file; rm -rf aaa-input; touch aaa-input/new; ls -1"
        );

        var (_, output) = Box.Run(
            specification with
            {
                Binds =
                [
                    .. specification.Binds,
                    .. inputs.Select(name => new SandboxBind(
                        Path.Combine(real, name),
                        "/nix/store/" + name
                    )),
                    new(outputs, "/nix/store", SandboxAccess.Writable),
                ],
            }
        );

        Assert.StartsWith("contentplainplain\n", output, StringComparison.Ordinal);
        Assert.EndsWith(
            "aaa-input\nbbb-file\nccc-link\nddd-out\n",
            output,
            StringComparison.Ordinal
        );
        Assert.Equal("new\n", File.ReadAllText(Path.Combine(outputs, "ddd-out", "x")));
        Assert.Equal("content", File.ReadAllText(Path.Combine(real, "aaa-input", "file")));
        Assert.Equal("plain", File.ReadAllText(Path.Combine(real, "bbb-file")));
    }

    [Fact]
    public void A_program_that_is_not_there_is_named()
    {
        using var box = new Box();
        Box.SkipUnlessPossible();
        var specification = box.Shell("") with { Program = "/no/such/builder" };

        var failure = Assert.Throws<SandboxException>(() => SandboxProcess.Start(specification));

        Assert.Equal((SandboxStep.Execute, 2), (failure.Step, failure.ErrorNumber));
        Assert.Equal("executing '/no/such/builder': No such file or directory", failure.Message);
    }

    [Fact]
    public void A_missing_source_is_named_unless_it_is_optional()
    {
        using var box = new Box();
        Box.SkipUnlessPossible();
        var shell = box.Shell("true");
        SandboxSpecification With(bool isOptional) =>
            shell with
            {
                Binds = [.. shell.Binds, new("/no/such/source", "/x", IsOptional: isOptional)],
            };

        Assert.True(Box.Run(With(isOptional: true)).Exit.IsSuccess);
        var failure = Assert.Throws<SandboxException>(() => SandboxProcess.Start(With(false)));
        Assert.Equal(SandboxStep.Mount, failure.Step);
        Assert.Contains("'/no/such/source'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_hosts_root_is_refused_as_a_builds_user()
    {
        Assert.SkipUnless(
            UserIdentity.IsRoot && !UserIdentity.IsLonelyRoot,
            "only root could give it"
        );
        using var box = new Box();
        var specification = box.Shell("id") with { Identity = new SandboxIdentity(0, 0) };

        var failure = Assert.Throws<SandboxException>(() => SandboxProcess.Start(specification));

        Assert.Equal(SandboxStep.MapIdentity, failure.Step);
        Assert.Contains("the host's root", failure.Message, StringComparison.Ordinal);
    }

    // A user namespace has its own limit, which its root may lower: the same refusal as on a host that has it at 0.
    [Fact]
    public void A_host_without_user_namespaces_is_told_the_setting()
    {
        Assert.SkipUnless(!UserIdentity.IsLonelyRoot, "a copy of this namespace looks like root's");
        using var box = new Box();
        Box.SkipUnlessPossible();
        using var report = Channel.Pipe();
        using var instructions = SandboxLauncher.WriteInstructions(
            SandboxProgram.Encode(box.Shell("true"), Environment.ProcessId)
        );
        using var process = ChildProcess.Start(
            new ProcessSpecification
            {
                Program = "unshare",
                Arguments =
                [
                    "--user",
                    "--map-current-user",
                    "--keep-caps",
                    "/bin/sh",
                    "-c",
                    $"echo 0 > /proc/sys/user/max_user_namespaces && exec {SandboxLauncher.Find()} {SandboxLauncher.Argument} 3 4",
                ],
                Descriptors = [(instructions, 3), (report.Writer, 4)],
            }
        );
        report.Writer.Dispose();
        using var reader = new StreamReader(new DescriptorStream(report.Reader));

        var message = reader.ReadToEnd();

        _ = process.Wait();
        Assert.Contains("sysctl user.max_user_namespaces=", message, StringComparison.Ordinal);
        Assert.StartsWith("1 ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Personality_limits_and_arguments_arrive()
    {
        using var box = new Box();
        var specification = box.Shell(
            "uname -m; ulimit -c; ulimit -n; cat /proc/self/personality; printf %s \"$ODD\" | od -An -tx1"
        );

        var (_, output) = Box.Run(
            specification with
            {
                IsLinux32 = true,
                Limits = [SandboxLimit.NoCoreDumps, new SandboxLimit(7, 77, 99)],
                Environment =
                [
                    .. specification.Environment,
                    new byte[] { (byte)'O', (byte)'D', (byte)'D', (byte)'=', 0xff, 0xfe },
                ],
            }
        );

        Assert.Equal("i686\n0\n77\n00040008\n ff fe\n", output);
    }

    [Fact]
    public void A_hundred_launches_are_timed()
    {
        using var box = new Box();
        Box.SkipUnlessPossible();
        var specification = box.Shell("exit 0") with { Output = SandboxOutput.Pipe };
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var started = TimeSpan.Zero;
        for (var count = 0; count < 100; count++)
        {
            var before = clock.Elapsed;
            using var process = SandboxProcess.Start(specification);
            started += clock.Elapsed - before;
            process.Wait();
        }
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"start {started.TotalMilliseconds / 100:F1} ms, to the end {clock.Elapsed.TotalMilliseconds / 100:F1} ms"
        );
    }
}
