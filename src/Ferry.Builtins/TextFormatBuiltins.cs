using System.Buffers;
using Ferry.Builtins.Json;
using Ferry.Builtins.Toml;
using Ferry.Builtins.Xml;
using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins;

/// <summary>JSON, TOML and XML.</summary>
internal static class TextFormatBuiltins
{
    public static Builtin[] Table { get; } =
    [
        new("fromJSON", ["e"], "Reads a value from JSON text.", FromJson),
        new("fromTOML", ["e"], "Reads a value from TOML 1.0 text.", FromToml) { IsGlobal = true },
        new("toJSON", ["e"], "Prints a value, computed deeply, as JSON.", ToJson),
        new("toXML", ["e"], "Prints a value, computed deeply, as XML.", ToXml),
    ];

    private static Value FromJson(in BuiltinCall call)
    {
        var text = call.ForceStringWithoutContext(0);
        try
        {
            return JsonValueReader.Read(text.Bytes);
        }
        catch (JsonTextException failure)
        {
            throw EvaluationException
                .From(failure, failure.Message)
                .WithTrace(Position.None, "while decoding a JSON string");
        }
    }

    private static Value FromToml(in BuiltinCall call)
    {
        var text = call.ForceStringWithoutContext(
            0,
            "while evaluating the argument passed to builtins.fromTOML"
        );
        try
        {
            return TomlValues.ToValue(
                TomlReader.Read(text.Bytes),
                call.Evaluator.Settings.ExperimentalFeatures.Contains("parse-toml-timestamps")
            );
        }
        catch (TomlTextException failure)
        {
            throw EvaluationException.From(failure, $"while parsing TOML: {failure.Message}");
        }
    }

    private static Value ToJson(in BuiltinCall call)
    {
        var context = StringContext.Empty;
        var json = JsonValues.Write(
            call.Evaluator,
            call.Argument(0),
            ref context,
            new JsonValueOptions()
        );
        return Value.Of(StringValue.Create(json.Span, context));
    }

    private static Value ToXml(in BuiltinCall call)
    {
        var context = StringContext.Empty;
        var xml = new ArrayBufferWriter<byte>();
        var options = new XmlValueOptions { SourceObserver = call.Evaluator.SourceObserver };
        XmlValues.Write(call.Argument(0), xml, ref context, options);
        return Value.Of(StringValue.Create(xml.WrittenSpan, context));
    }
}
