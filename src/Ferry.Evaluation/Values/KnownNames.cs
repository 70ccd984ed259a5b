using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Values;

/// <summary>Names that the evaluator itself looks for.</summary>
public static class KnownNames
{
    public static readonly Symbol Name = Symbols.Of("name");
    public static readonly Symbol Value = Symbols.Of("value");
    public static readonly Symbol Type = Symbols.Of("type");
    public static readonly Symbol OutPath = Symbols.Of("outPath");
    public static readonly Symbol DrvPath = Symbols.Of("drvPath");
    public static readonly Symbol Functor = Symbols.Of("__functor");
    public static readonly Symbol ToStringFunction = Symbols.Of("__toString");
    public static readonly Symbol Overrides = Symbols.Of("__overrides");
    public static readonly Symbol Success = Symbols.Of("success");
    public static readonly Symbol File = Symbols.Of("file");
    public static readonly Symbol Line = Symbols.Of("line");
    public static readonly Symbol Column = Symbols.Of("column");
}
