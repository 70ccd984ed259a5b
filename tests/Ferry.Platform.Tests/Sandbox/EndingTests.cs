using System.Diagnostics;
using Ferry.Platform.Processes;
using Ferry.Platform.Sandbox;

namespace Ferry.Platform.Tests.Sandbox;

/// <summary>However a sandbox ends, nothing of it is left.</summary>
public class EndingTests
{
    private const int KillSignal = 9;

    [Fact]
    public void A_daemon_ends_with_the_program()
    {
        using var box = new Box();
        var marker = Marker();

        var (exit, _) = box.Run($"(setsid sh -c 'sleep {marker} & sleep {marker}' &) ; exit 4");

        Assert.Equal(4, exit.Code);
        Assert.Equal(0, Count(marker));
    }

    [Fact]
    public void Killing_ends_the_whole_tree_at_once()
    {
        using var box = new Box();
        Box.SkipUnlessPossible();
        var marker = Marker();
        using var process = SandboxProcess.Start(
            box.Shell($"trap '' TERM INT HUP; (setsid sleep {marker} &); sleep {marker}")
        );
        WaitFor(() => Count(marker) >= 2);

        process.Kill();

        Assert.Equal(0, Count(marker));
        Assert.Equal(KillSignal, process.Wait().Signal);
        Assert.Equal(0, process.Output.ReadByte() < 0 ? 0 : 1);
    }

    [Fact]
    public void The_end_of_the_supervisor_is_the_end_of_all()
    {
        using var box = new Box();
        Box.SkipUnlessPossible();
        var marker = Marker();
        using var process = SandboxProcess.Start(
            box.Shell($"(setsid sleep {marker} &); sleep {marker}")
        );
        WaitFor(() => Count(marker) >= 2);

        Kill(process.ProcessId);

        Assert.Equal(KillSignal, process.Wait().Signal);
        WaitFor(() => Count(marker) == 0);
    }

    [Fact]
    public void The_end_of_the_parent_is_the_end_of_all()
    {
        using var box = new Box();
        Box.SkipUnlessPossible();
        var marker = Marker();
        using var report = Channel.Pipe();
        using var result = Channel.Pipe();
        using var go = Channel.Pipe();
        using var instructions = SandboxLauncher.WriteInstructions([]);
        // A shell takes the part of Ferry: it starts the launcher, and is killed.
        using var parent = ChildProcess.Start(
            new ProcessSpecification
            {
                Program = "/bin/sh",
                Arguments =
                [
                    "-c",
                    $"read line; {SandboxLauncher.Find()} {SandboxLauncher.Argument} 3 4 & wait",
                ],
                Descriptors =
                [
                    (go.Reader, 0),
                    (instructions, 3),
                    (report.Writer, 4),
                    (result.Writer, 5),
                ],
            }
        );
        RandomAccess.Write(
            instructions,
            SandboxProgram.Encode(
                box.Shell($"(setsid sleep {marker} &); sleep {marker}"),
                parent.ProcessId
            ),
            0
        );
        using (var gate = new FileStream(go.Writer, FileAccess.Write))
            gate.Write("go\n"u8);
        WaitFor(() => Count(marker) >= 2);

        Kill(parent.ProcessId);

        WaitFor(() => Count(marker) == 0);
    }

    [Fact]
    public void Many_sandboxes_at_once_do_not_disturb_each_other()
    {
        using var box = new Box();
        Box.SkipUnlessPossible();

        var results = Enumerable
            .Range(0, 24)
            .AsParallel()
            .WithDegreeOfParallelism(8)
            .Select(number => (number, Box.Run(box.Shell($"echo {number}; exit {number}"))))
            .ToList();

        Assert.All(
            results,
            result =>
                Assert.Equal(
                    (result.number, $"{result.number}\n"),
                    (result.Item2.Exit.Code, result.Item2.Output)
                )
        );
    }

    [Fact]
    public void A_sandbox_that_was_not_waited_for_is_killed_when_disposed()
    {
        using var box = new Box();
        Box.SkipUnlessPossible();
        var marker = Marker();

        using (SandboxProcess.Start(box.Shell($"sleep {marker}")))
            WaitFor(() => Count(marker) == 1);

        Assert.Equal(0, Count(marker));
    }

    [Fact]
    public void Output_without_line_ends_and_of_any_size_arrives_whole()
    {
        using var box = new Box();

        var (_, output) = box.Run(
            "head -c 3000000 /dev/zero | tr '\\0' x; printf '\\r\\n\\004end'"
        );

        Assert.Equal(new string('x', 3_000_000) + "\r\n\u0004end", output);
    }

    [Fact]
    public void A_closure_of_thousands_of_paths_is_mounted()
    {
        using var box = new Box();
        var specification = box.Shell("ls /store | wc -l");
        var store = Path.Combine(box.Scratch, "store");
        List<SandboxBind> binds = [.. specification.Binds];
        for (var number = 0; number < 3000; number++)
        {
            var path = Path.Combine(store, $"{number}");
            Directory.CreateDirectory(path);
            binds.Add(new SandboxBind(path, $"/store/{number}"));
        }
        var clock = Stopwatch.StartNew();

        var (_, output) = Box.Run(specification with { Binds = binds });

        Assert.Equal("3000", output.Trim());
        TestContext.Current.TestOutputHelper!.WriteLine($"{clock.ElapsedMilliseconds} ms");
    }

    // A duration that no other process of the machine sleeps for.
    private static string Marker() => $"{Random.Shared.Next(100_000_000, 999_999_999)}";

    private static int Count(string marker) =>
        Directory
            .EnumerateDirectories("/proc")
            .Count(process =>
            {
                try
                {
                    var command = File.ReadAllText(Path.Combine(process, "cmdline"));
                    return command == $"sleep\0{marker}\0";
                }
                catch (Exception exception)
                    when (exception is IOException or UnauthorizedAccessException)
                {
                    return false;
                }
            });

    private static void WaitFor(Func<bool> condition)
    {
        for (var attempt = 0; attempt < 500 && !condition(); attempt++)
            Thread.Sleep(20);
        Assert.True(condition());
    }

    private static void Kill(int processId)
    {
        using var kill = ChildProcess.Start(
            new ProcessSpecification { Program = "kill", Arguments = ["-9", $"{processId}"] }
        );
        Assert.True(kill.Wait().IsSuccess);
    }
}
