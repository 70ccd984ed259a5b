using System.ComponentModel;
using Ferry.Platform.Processes;

namespace Ferry.Platform.Tests.Processes;

public class ChildProcessTests
{
    [Theory]
    [InlineData("exit 0", 0, 0)]
    [InlineData("exit 137", 137, 0)]
    [InlineData("kill -9 $$", 0, 9)]
    public void An_exit_code_and_a_signal_are_told_apart(string script, int code, int signal)
    {
        using var child = ChildProcess.Start(Shell(script));

        Assert.Equal(new ProcessExit(code, signal), child.Wait());
    }

    [Fact]
    public void A_missing_program_is_reported_at_the_start()
    {
        var failure = Assert.Throws<Win32Exception>(() =>
            ChildProcess.Start(new ProcessSpecification { Program = "/no/such/program" })
        );

        Assert.Contains("'/no/such/program'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Killing_a_process_kills_its_group()
    {
        using var scratch = new Scratch();
        using var child = ChildProcess.Start(
            Shell(
                $"sleep 1000 & echo $! > {scratch["pid"]}.new; mv {scratch["pid"]}.new {scratch["pid"]}; wait"
            )
        );
        Assert.True(SpinWait.SpinUntil(() => File.Exists(scratch["pid"]), 10_000));
        var grandchild = File.ReadAllText(scratch["pid"]).Trim();

        child.Kill();

        Assert.True(SpinWait.SpinUntil(() => HasEnded(grandchild), 10_000));
    }

    [Fact]
    public void A_child_starts_with_default_signals_and_its_own_directory()
    {
        using var scratch = new Scratch();
        using var child = ChildProcess.Start(
            Shell("grep SigIgn /proc/self/status > out; pwd >> out") with
            {
                WorkingDirectory = scratch.Path,
            }
        );

        Assert.True(child.Wait().IsSuccess);
        Assert.Equal(
            ["SigIgn:\t0000000000000000", scratch.Path],
            File.ReadAllLines(scratch["out"])
        );
    }

    private static ProcessSpecification Shell(string script) =>
        new() { Program = "/bin/sh", Arguments = ["-c", script] };

    // An orphan that nobody collects stays as a zombie: ended all the same.
    private static bool HasEnded(string processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/stat")
                .Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
