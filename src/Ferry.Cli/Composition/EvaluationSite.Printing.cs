using System.Buffers;
using Ferry.Builtins.Json;
using Ferry.Builtins.Xml;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Evaluation.Values;

namespace Ferry.Cli.Composition;

/// <content>Values as bytes for a person or a program.</content>
internal sealed partial class EvaluationSite
{
    public ReadOnlyMemory<byte> Raw(Value value, string because)
    {
        var text = Evaluator.Coercer.ToString(
            value,
            Position.None,
            because,
            StringCoercion.Default
        );
        // What a person is told of must be there.
        Keep(text.Context);
        return text.Bytes.ToArray();
    }

    public ReadOnlyMemory<byte> Json(Value value, JsonValueOptions options)
    {
        var context = StringContext.Empty;
        var json = JsonValues.Write(Evaluator, value, ref context, options);
        Keep(context);
        return json.Memory;
    }

    public static void Xml(
        Value value,
        IBufferWriter<byte> output,
        bool forces,
        bool showsLocations
    )
    {
        var context = StringContext.Empty;
        var options = new XmlValueOptions { Forces = forces, ShowsLocations = showsLocations };
        XmlValues.Write(value, output, ref context, options);
    }

    /// <summary>As <c>nix eval</c>: everything computed, derivations by their path.</summary>
    public ReadOnlyMemory<byte> Print(Value value) =>
        ValuePrinter
            .Print(
                Evaluator,
                value,
                new PrintOptions
                {
                    Forces = true,
                    ShowsDerivationPaths = true,
                    UsesColors = _session.UsesColour && !Console.IsOutputRedirected,
                    Failures = PrintFailures.ThrowAtTop,
                }
            )
            .Memory;

    /// <summary>As <c>nix-instantiate --eval</c>: what is not computed yet shows as <c>&lt;CODE></c>.</summary>
    public static ReadOnlyMemory<byte> PrintClassic(Value value) =>
        ClassicPrinter.Print(value).Memory;
}
