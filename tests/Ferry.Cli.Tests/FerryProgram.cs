using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Ferry.Cli.Tests;

/// <summary>The published program, run as a person would.</summary>
internal static class FerryProgram
{
    /// <summary>Emulated builds from nothing take many minutes; nothing here may take longer.</summary>
    private const int SecondsMax = 4500;

    public static string Root { get; } = FindRoot();

    public static string Path { get; } =
        Environment.GetEnvironmentVariable("FERRY_PROGRAM")
        ?? System.IO.Path.Combine(Root, "artifacts", "ferry", "bin", "ferry");

    public static Outcome Run(params string[] arguments) => Run(new RunOptions(), arguments);

    public static Outcome Run(RunOptions options, params string[] arguments)
    {
        var start = new ProcessStartInfo(options.Program ?? Path)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = options.WorkingDirectory ?? System.IO.Path.GetTempPath(),
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // The embedded set, not a checkout's; no settings of the machine.
        start.Environment.Remove("FERRY_PACKAGES");
        start.Environment["NIX_CONF_DIR"] = "/nonexistent";
        start.Environment["NIX_USER_CONF_FILES"] = "";
        foreach (var (name, value) in options.Environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        process.StandardInput.Write(options.Input);
        process.StandardInput.Close();
        var error = new StringBuilder();
        process.ErrorDataReceived += (_, line) => error.AppendLine(line.Data);
        process.BeginErrorReadLine();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(SecondsMax)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"'{string.Join(' ', arguments)}' ran longer than {SecondsMax} s"
            );
        }

        process.WaitForExit();
        return new Outcome(
            process.ExitCode,
            output.GetAwaiter().GetResult(),
            error.ToString().TrimEnd('\n')
        );
    }

    private static string FindRoot([CallerFilePath] string thisFile = "") =>
        System.IO.Path.GetFullPath(
            System.IO.Path.Combine(System.IO.Path.GetDirectoryName(thisFile)!, "..", "..")
        );
}

internal sealed record RunOptions
{
    public string? Program { get; init; }

    public string? WorkingDirectory { get; init; }

    public string Input { get; init; } = "";

    public IReadOnlyDictionary<string, string> Environment { get; init; } =
        new Dictionary<string, string>();
}

internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>The outcome itself, once it is known to be a success.</summary>
    public Outcome Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Error}\n{Output}");
        return this;
    }

    public Outcome Failed(int exitCode = 1)
    {
        Assert.True(
            ExitCode == exitCode,
            $"exit code {ExitCode}, expected {exitCode}\n{Error}\n{Output}"
        );
        return this;
    }
}
