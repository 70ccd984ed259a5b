namespace Ferry.Syntax.Text;

/// <summary>A byte offset in one source text, or none. The default value is <see cref="None"/>.</summary>
/// <remarks>Four bytes wide, so that every node of the tree can carry one.</remarks>
public readonly record struct SourcePosition
{
    // One more than the offset, so that zeroed memory means "unknown".
    private readonly int _offsetPlusOne;

    private SourcePosition(int offsetPlusOne) => _offsetPlusOne = offsetPlusOne;

    /// <summary>Where stock Nix records no position, so that errors print none.</summary>
    public static SourcePosition None => default;

    public bool IsKnown => _offsetPlusOne != 0;

    /// <summary>Bytes from the start of the text; -1 when unknown.</summary>
    public int Offset => _offsetPlusOne - 1;

    public static SourcePosition At(int offset) => new(offset + 1);
}
