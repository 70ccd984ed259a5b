namespace Ferry.Evaluation.Printing;

/// <summary>What to do about a value that fails while it is printed.</summary>
public enum PrintFailures
{
    /// <summary>Print <c>«error: …»</c> in its place.</summary>
    Print,

    /// <summary>Let the exception out.</summary>
    Throw,

    /// <summary>Let it out for the value itself, print it for what is inside.</summary>
    ThrowAtTop,
}

/// <summary>How <see cref="ValuePrinter"/> shows a value.</summary>
public sealed record PrintOptions
{
    /// <summary>For values in messages: not computed any further, and not too much of them.</summary>
    public static readonly PrintOptions ForErrors = new()
    {
        UsesColors = true,
        DepthMax = 10,
        AttributesMax = 10,
        ListItemsMax = 10,
        StringLengthMax = 1024,
    };

    public bool UsesColors { get; init; }

    /// <summary>Computes what is not there yet.</summary>
    public bool Forces { get; init; }

    /// <summary>Together with <see cref="Forces"/>: derivations show as <c>«derivation /nix/store/…»</c>.</summary>
    public bool ShowsDerivationPaths { get; init; }

    /// <summary>A set or list shows once, then as <c>«repeated»</c>.</summary>
    public bool TracksRepeated { get; init; } = true;

    public int DepthMax { get; init; } = int.MaxValue;

    /// <summary>For the whole value, not for each set.</summary>
    public int AttributesMax { get; init; } = int.MaxValue;

    /// <summary>For the whole value, not for each list.</summary>
    public int ListItemsMax { get; init; } = int.MaxValue;

    public int StringLengthMax { get; init; } = int.MaxValue;

    /// <summary>Spaces for each level; 0 prints on one line.</summary>
    public int Indent { get; init; }

    public PrintFailures Failures { get; init; }
}
