namespace Ferry.Evaluation.Memory;

/// <summary>The lowest byte of every word: what the word is.</summary>
/// <remarks>
/// States of a slot: empty → suspended (<see cref="Thunk"/>, <see cref="Apply"/>, <see cref="ApplyTwo"/>)
/// → the same with <see cref="Cell.ClaimedBit"/> while a thread computes it → a value. A failed computation goes
/// back to suspended. Tags from <see cref="Integer"/> upwards are values in weak head normal form.
/// </remarks>
internal enum Tag : byte
{
    None = 0,

    /// <summary>aux: node, handle: frame.</summary>
    Thunk = 1,

    /// <summary>handle: [function, argument].</summary>
    Apply = 2,

    /// <summary>handle: [function, first argument, second argument].</summary>
    ApplyTwo = 3,

    /// <summary>handle: the slot that holds, or will hold, the value</summary>
    Reference = 4,

    /// <summary>A signed number in the upper 56 bits.</summary>
    Integer = 8,

    /// <summary>handle: a word with the whole number; only for numbers that need more than 56 bits.</summary>
    BoxedInteger = 9,

    /// <summary>handle: a word with the bits of a double.</summary>
    Float = 10,

    /// <summary>aux: 0 or 1.</summary>
    Boolean = 11,
    Null = 12,

    /// <summary>handle: [length:32 | context:32][address].</summary>
    String = 13,

    /// <summary>handle: as <see cref="String"/>; the bytes are an absolute, canonical path.</summary>
    Path = 14,

    /// <summary>aux: length, or 0xffffff when it stands in the word before; handle: slots.</summary>
    List = 15,

    /// <summary>handle: [shape:32][slots].</summary>
    AttributeSet = 16,

    /// <summary>handle: see <see cref="LayeredSet"/>. Looks like an attribute set to all but a few nodes.</summary>
    LayeredSet = 17,

    /// <summary>aux: node, handle: frame.</summary>
    Lambda = 18,

    /// <summary>aux: bound builtin.</summary>
    Builtin = 19,

    /// <summary>aux: bound builtin, handle: [count][arguments].</summary>
    PartialApplication = 20,

    /// <summary>
    /// As <see cref="Lambda"/>, in a slot that stock would still hold a thunk in. It makes no difference but
    /// in print, where stock shows such a function as not yet computed.
    /// </summary>
    UnforcedLambda = 21,
}

/// <summary>What a forced value is, as the language sees it.</summary>
public enum ValueKind : byte
{
    /// <summary>Nobody has computed it yet.</summary>
    Suspended,
    Integer,
    Float,
    Boolean,
    Null,
    String,
    Path,
    List,
    AttributeSet,

    /// <summary>A lambda, a builtin or a builtin that waits for more arguments.</summary>
    Function,
}
