using System.Buffers;
using Ferry.Builtins.Json;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Parallel;

namespace Ferry.Cli.Verbs.Classic;

/// <summary>How <c>nix-instantiate --eval</c> prints values.</summary>
internal sealed class ValueOutput
{
    private bool _isStrict;
    private bool _isJson;
    private bool _isXml;
    private bool _isRaw;
    private bool _hasLocations = true;

    public void Declare(OptionTable options)
    {
        options.Switch("--strict", "evaluate everything inside the value", () => _isStrict = true);
        options.Switch("--json", "print JSON", () => _isJson = true);
        options.Switch("--xml", "print XML", () => _isXml = true);
        options.Switch("--raw", "print a string as it is", () => _isRaw = true);
        options.Switch("--no-location", "leave positions out of XML", () => _hasLocations = false);
    }

    /// <summary>Prints with the line end that each form has. XML is printed as far as it goes, as stock does.</summary>
    public void Print(RepeatableOutput output, EvaluationSite site, Value value)
    {
        // What is computed already shows in the output.
        if (!_isStrict && !_isRaw && value.Force() is { IsList: true } or { IsAttributeSet: true })
            Ahead.RequireOneThread();

        if (_isRaw)
        {
            output.Write(site.Raw(value, "while generating the nix-instantiate output").Span);
        }
        else if (_isXml)
        {
            var text = new ArrayBufferWriter<byte>();
            try
            {
                EvaluationSite.Xml(value, text, _isStrict, _hasLocations);
            }
            finally
            {
                output.Write(text.WrittenSpan);
            }
        }
        else if (_isJson)
        {
            var options = new JsonValueOptions { Forces = _isStrict };
            output.Write([.. site.Json(value, options).Span, (byte)'\n']);
        }
        else
        {
            if (_isStrict)
                Evaluator.ForceDeep(value);
            output.Write([.. EvaluationSite.PrintClassic(value).Span, (byte)'\n']);
        }
    }
}
