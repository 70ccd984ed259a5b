namespace Ferry.Evaluation.Coercion;

/// <summary>What besides strings may become a string.</summary>
[Flags]
public enum StringCoercion
{
    /// <summary>Strings, paths as they are, sets with <c>__toString</c> or <c>outPath</c>.</summary>
    None = 0,

    /// <summary>Also numbers, booleans, null and lists, as <c>toString</c> and derivations do.</summary>
    More = 1,

    /// <summary>Paths are copied to the store, and become a store path with context.</summary>
    CopyToStore = 2,

    /// <summary>Paths lose trailing slashes and the like.</summary>
    CanonicalizePath = 4,

    /// <summary>Stock's defaults: no <see cref="More"/>, but paths copied and canonical.</summary>
    Default = CopyToStore | CanonicalizePath,
}
