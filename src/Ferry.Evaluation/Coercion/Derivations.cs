using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;

namespace Ferry.Evaluation.Coercion;

/// <summary>What the language takes for a derivation.</summary>
public static class Derivations
{
    /// <summary>True for a set whose <c>type</c> is <c>"derivation"</c>. Forces that attribute.</summary>
    public static bool IsDerivation(AttributeSet set)
    {
        var index = set.Find(KnownNames.Type);
        if (index < 0)
            return false;
        var type = set.Force(index, set.PositionAt(index));
        return type.IsString && type.AsString.Equals("derivation"u8);
    }

    /// <summary>Two derivations are equal when their <c>outPath</c>s are; false when one of them is none.</summary>
    internal static bool BothOutPaths(
        AttributeSet left,
        AttributeSet right,
        out Value leftPath,
        out Value rightPath
    )
    {
        (leftPath, rightPath) = (default, default);
        return IsDerivation(left)
            && IsDerivation(right)
            && left.TryGet(KnownNames.OutPath, out leftPath)
            && right.TryGet(KnownNames.OutPath, out rightPath);
    }
}
