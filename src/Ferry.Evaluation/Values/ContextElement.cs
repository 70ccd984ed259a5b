using Ferry.Formats;
using Ferry.Formats.StorePaths;

namespace Ferry.Evaluation.Values;

/// <summary>How a string came to mention a store object.</summary>
public enum ContextElementKind : byte
{
    /// <summary>The object itself: a source, or the file of a derivation as a plain file.</summary>
    Opaque,

    /// <summary>A derivation with everything it needs to be built, as <c>drvPath</c> has it.</summary>
    DerivationDeep,

    /// <summary>One output of a derivation.</summary>
    Built,
}

/// <summary>One reason why a string depends on the store.</summary>
/// <param name="Kind">What the path means.</param>
/// <param name="Path">The object, or the derivation.</param>
/// <param name="Output">The output's name for <see cref="ContextElementKind.Built"/>, otherwise empty.</param>
/// <remarks>Text form, as in stock: <c>PATH</c>, <c>=PATH</c> and <c>!OUTPUT!PATH</c>.</remarks>
public sealed record ContextElement(
    ContextElementKind Kind,
    StorePath Path,
    ByteString Output = default
) : IComparable<ContextElement>
{
    public static ContextElement Opaque(StorePath path) => new(ContextElementKind.Opaque, path);

    public static ContextElement DerivationDeep(StorePath derivation) =>
        new(ContextElementKind.DerivationDeep, derivation);

    public static ContextElement Built(StorePath derivation, ByteString output) =>
        new(ContextElementKind.Built, derivation, output);

    public static bool operator <(ContextElement left, ContextElement right) =>
        left.CompareTo(right) < 0;

    public static bool operator <=(ContextElement left, ContextElement right) =>
        left.CompareTo(right) <= 0;

    public static bool operator >(ContextElement left, ContextElement right) =>
        left.CompareTo(right) > 0;

    public static bool operator >=(ContextElement left, ContextElement right) =>
        left.CompareTo(right) >= 0;

    /// <summary>Stock's order: by kind, then path, then output.</summary>
    public int CompareTo(ContextElement? other)
    {
        if (other is null)
            return 1;
        if (Kind != other.Kind)
            return Kind.CompareTo(other.Kind);
        var byPath = Path.CompareTo(other.Path);
        return byPath != 0 ? byPath : Output.CompareTo(other.Output);
    }

    public override string ToString() =>
        Kind switch
        {
            ContextElementKind.Opaque => $"{Path}",
            ContextElementKind.DerivationDeep => $"={Path}",
            _ => $"!{Output}!{Path}",
        };
}
