using System.ComponentModel;
using Ferry.Build;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Progress;
using Ferry.Cli.Settings;
using Ferry.Cli.Verbs;
using Ferry.Debian;
using Ferry.Emulation;
using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Fetching;
using Ferry.Fetching.Downloads;
using Ferry.Flakes;
using Ferry.Formats;
using Ferry.Formats.Hashing;
using Ferry.Platform.Sandbox;
using Ferry.Store;
using Ferry.Store.Building;
using Ferry.Store.Profiles;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Cli;

/// <summary>Every way a command can fail that is not a bug, as one message and one exit code.</summary>
internal static class FailureReport
{
    /// <summary>False for bugs, which must crash with their stack.</summary>
    public static bool Knows(Exception failure) =>
        failure
            is UsageException
                or SettingException
                or CommandException
                or EvaluationException
                or SyntaxException
                or FlakeException
                or FetchException
                or DownloadException
                or StoreException
                or EnvironmentConflictException
                or BuildException
                or BuildFailedException
                or BuiltinBuildException
                or BadFormatException
                or DebianException
                or EmulationException
                or SandboxException
                or Win32Exception
                or OperationCanceledException
                or IOException
                or UnauthorizedAccessException;

    public static ExitCode Print(Exception failure, TextWriter error, FailureStyle style)
    {
        switch (failure)
        {
            case OperationCanceledException:
                error.WriteLine(ErrorText.Of("interrupted by the user", style.UsesColour));
                return style.InterruptionCode == 0
                    ? ExitCode.Failure
                    : (ExitCode)style.InterruptionCode;
            case EvaluationException { Kind: EvaluationErrorKind.Interrupted }:
                error.WriteLine(ErrorText.Of("interrupted by the user", style.UsesColour));
                return style.InterruptionCode == 0
                    ? ExitCode.Failure
                    : (ExitCode)style.InterruptionCode;
            case EvaluationException evaluation:
                error.WriteLine(Text(evaluation.ToDiagnostic(), style));
                if (evaluation.InnerException is UnknownHashNameException)
                    error.WriteLine(Hint(style.Program));
                return (ExitCode)evaluation.ExitStatus;
            case SyntaxException syntax:
                error.WriteLine(Text(syntax.Diagnostic, style));
                return ExitCode.Failure;
            case BuildFailedException builds:
                foreach (var message in builds.Messages)
                    error.WriteLine(ErrorText.Of(message, style.UsesColour));
                return style.IsClassic ? (ExitCode)builds.ExitStatus : ExitCode.Failure;
            case UsageException usage:
                error.WriteLine(ErrorText.Of(usage.Message, style.UsesColour));
                error.WriteLine(Hint(usage.Program));
                return ExitCode.Failure;
            default:
                error.WriteLine(ErrorText.Of(failure.Message, style.UsesColour));
                return ExitCode.Failure;
        }
    }

    private static string Hint(string program) => $"Try '{program} --help' for more information.";

    private static string Text(Diagnostic diagnostic, FailureStyle style) =>
        ByteTransparentWriter.Decode(
            DiagnosticRenderer.Render(
                diagnostic,
                new DiagnosticStyle { HasColors = style.UsesColour, ShowsTrace = style.ShowsTrace }
            )
        );
}

/// <param name="Program">The name that hints mention.</param>
/// <param name="UsesColour">The terminal shows colours.</param>
/// <param name="ShowsTrace">Evaluation errors carry the whole trace.</param>
/// <param name="IsClassic">The command is one of the old ones, whose exit codes say how a build failed.</param>
/// <param name="InterruptionCode">The exit code of a command that a signal ended.</param>
internal sealed record FailureStyle(
    string Program,
    bool UsesColour,
    bool ShowsTrace,
    bool IsClassic,
    int InterruptionCode
);
