using System.Buffers;
using System.Text;
using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Parallel;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Builtins;

/// <summary>Messages to the person who runs the program.</summary>
internal static class TracingBuiltins
{
    public static Builtin[] Table { get; } =
    [
        new("trace", ["e1", "e2"], "Prints the first value, returns the second.", Trace),
        new(
            "traceVerbose",
            ["e1", "e2"],
            "As trace, but prints only under --trace-verbose.",
            TraceVerbose
        ),
        new("warn", ["e1", "e2"], "Prints a message as a warning, returns the second value.", Warn),
    ];

    private static Value Trace(in BuiltinCall call)
    {
        var value = call.Force(0);
        if (value.IsString)
            Report(call.Evaluator, "trace: "u8, value.AsString.Bytes);
        else
        {
            if (value.IsList || value.IsAttributeSet)
                Ahead.RequireOneThread();
            Report(
                call.Evaluator,
                "trace: "u8,
                ValuePrinter.Print(call.Evaluator, value, new PrintOptions()).Span
            );
        }

        call.Evaluator.Debugging?.AfterTrace();
        return call.Force(1);
    }

    private static Value TraceVerbose(in BuiltinCall call) =>
        call.Settings.TracesVerbosely ? Trace(call) : call.Force(1);

    // Only strings, so that later versions may give other types a meaning.
    private static Value Warn(in BuiltinCall call)
    {
        var message = call.ForceString(
            0,
            "while evaluating the first argument; the message passed to builtins.warn"
        );
        var warning = new Diagnostic(message.Bytes.ToArray())
        {
            Level = DiagnosticLevel.EvaluationWarning,
        };
        call.Evaluator.Environment.Report(
            DiagnosticRenderer.Render(warning, new DiagnosticStyle())
        );
        if (call.Settings.AbortsOnWarning)
            throw EvaluationException.Failed(
                $"aborting to reveal stack trace of warning, as abort-on-warn is set"
            );
        call.Evaluator.Debugging?.AfterWarning();
        return call.Force(1);
    }

    /// <summary>A warning of a builtin itself, not of the program.</summary>
    public static void Warn(Evaluator evaluator, string message) =>
        Report(evaluator, "warning: "u8, Encoding.UTF8.GetBytes(message));

    private static void Report(
        Evaluator evaluator,
        ReadOnlySpan<byte> prefix,
        ReadOnlySpan<byte> text
    )
    {
        var line = new ArrayBufferWriter<byte>(prefix.Length + text.Length);
        line.Write(prefix);
        line.Write(text);
        evaluator.Environment.Report(line.WrittenSpan);
    }
}
