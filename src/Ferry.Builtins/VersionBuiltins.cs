using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Formats.Versions;
using Ferry.Syntax.Text;

namespace Ferry.Builtins;

/// <summary>Package names and versions.</summary>
internal static class VersionBuiltins
{
    private static readonly Symbol s_version = Symbols.Of("version");

    public static Builtin[] Table { get; } =
    [
        new(
            "compareVersions",
            ["s1", "s2"],
            "Returns -1, 0 or 1 as the first version is older, equal or newer.",
            CompareVersions
        ),
        new(
            "parseDrvName",
            ["s"],
            "Splits a package name at the first dash that no letter follows.",
            ParseDrvName
        ),
        new("splitVersion", ["s"], "Splits a version into its components.", SplitVersion),
    ];

    private static Value CompareVersions(in BuiltinCall call)
    {
        var left = call.ForceStringWithoutContext(0);
        var right = call.ForceStringWithoutContext(1);
        return Value.Of((long)VersionText.Compare(left.Bytes, right.Bytes));
    }

    private static Value ParseDrvName(in BuiltinCall call)
    {
        var text = call.ForceStringWithoutContext(0).Bytes;
        var (nameLength, versionStart) = VersionText.SplitName(text);
        return new AttributeSetBuilder(2)
            .Add(KnownNames.Name, Value.Of(text[..nameLength]))
            .Add(s_version, Value.Of(text[versionStart..]))
            .ToValue();
    }

    private static Value SplitVersion(in BuiltinCall call)
    {
        var rest = call.ForceStringWithoutContext(0).Bytes;
        var components = new List<Value>();
        while (VersionText.NextComponent(ref rest) is { IsEmpty: false } component)
            components.Add(Value.Of(component));
        return ListValue.Of(components.ToArray()).ToValue();
    }
}
