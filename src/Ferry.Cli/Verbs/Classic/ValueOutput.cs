using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Evaluation;
using Ferry.Evaluation.Memory;

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

    /// <summary>With the line end that each form has.</summary>
    public ReadOnlyMemory<byte> Show(EvaluationSite site, Value value)
    {
        if (_isStrict)
            Evaluator.ForceDeep(value);
        if (_isRaw)
            return site.Raw(value, "while generating the nix-instantiate output");
        if (_isXml)
            return EvaluationSite.Xml(value, _isStrict, _hasLocations);
        return Line(_isJson ? site.Json(value, _isStrict) : EvaluationSite.PrintClassic(value));
    }

    private static byte[] Line(ReadOnlyMemory<byte> text) => [.. text.Span, (byte)'\n'];
}
