using Ferry.Platform.Processes;

namespace Ferry.Build.Goals;

/// <summary>Signals as glibc describes them, which is what stock prints.</summary>
internal static class SignalNames
{
    private static readonly Dictionary<int, string> s_names = new()
    {
        [1] = "Hangup",
        [2] = "Interrupt",
        [3] = "Quit",
        [4] = "Illegal instruction",
        [5] = "Trace/breakpoint trap",
        [6] = "Aborted",
        [7] = "Bus error",
        [8] = "Floating point exception",
        [9] = "Killed",
        [10] = "User defined signal 1",
        [11] = "Segmentation fault",
        [12] = "User defined signal 2",
        [13] = "Broken pipe",
        [14] = "Alarm clock",
        [15] = "Terminated",
        [24] = "CPU time limit exceeded",
        [25] = "File size limit exceeded",
        [31] = "Bad system call",
    };

    /// <returns>The end of a sentence about a builder: "failed with exit code 1".</returns>
    public static string Describe(ProcessExit exit) =>
        exit.Signal == 0
            ? $"failed with exit code {exit.Code}"
            : $"failed due to signal {exit.Signal} ({s_names.GetValueOrDefault(exit.Signal, $"Unknown signal {exit.Signal}")})";
}
