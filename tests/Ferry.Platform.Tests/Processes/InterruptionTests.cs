using Ferry.Platform.Processes;

namespace Ferry.Platform.Tests.Processes;

public class InterruptionTests
{
    [Fact]
    public void The_first_signal_cancels()
    {
        using var interruption = Interruption.Watch();
        Assert.Equal(0, interruption.ExitCode);

        using var kill = ChildProcess.Start(
            new ProcessSpecification
            {
                Program = "kill",
                Arguments = ["-HUP", $"{Environment.ProcessId}"],
            }
        );

        Assert.True(interruption.Token.WaitHandle.WaitOne(10_000));
        Assert.Equal(129, interruption.ExitCode);
        Assert.True(kill.Wait().IsSuccess);
    }
}
