using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Nodes;
using Ferry.Evaluation.Values;

namespace Ferry.Evaluation.Memory;

/// <summary>A value in weak head normal form, or a reference to the slot that will hold one. Copy and store freely.</summary>
/// <remarks>One word, see <see cref="Tag"/>. The properties that take a value apart need it forced and of that kind.</remarks>
[DebuggerDisplay("{Kind}")]
public readonly struct Value
{
    private const uint ImmediateTags =
        1u << (int)Tag.Integer | 1u << (int)Tag.Boolean | 1u << (int)Tag.Null;

    internal readonly ulong Word;

    internal Value(ulong word) => Word = word;

    public static Value Null => new((ulong)Tag.Null);

    public static Value True => Of(true);

    public static Value False => Of(false);

    public static Value EmptyList => new((ulong)Tag.List);

    public static Value EmptySet => new(Cell.Pack(Tag.AttributeSet, 0, Arena.EmptySetHandle));

    public static Value EmptyString => Of(StringValue.Empty);

    internal Tag Tag => (Tag)(byte)Word;

    private uint Auxiliary => (uint)(Word >> 8) & 0xff_ffff;

    private uint Handle => (uint)(Word >> 32);

    /// <summary>False while this refers to a slot that had not been forced when this was made.</summary>
    public bool IsForced => (byte)Word >= (byte)Tag.Integer;

    public bool IsInteger => (Word & 0xfe) == (byte)Tag.Integer;

    public bool IsFloat => (byte)Word == (byte)Tag.Float;

    public bool IsBoolean => (byte)Word == (byte)Tag.Boolean;

    public bool IsNull => (byte)Word == (byte)Tag.Null;

    public bool IsString => (byte)Word == (byte)Tag.String;

    public bool IsPath => (byte)Word == (byte)Tag.Path;

    public bool IsList => (byte)Word == (byte)Tag.List;

    public bool IsAttributeSet => (Word & 0xfe) == (byte)Tag.AttributeSet;

    internal bool IsLayeredSet => (byte)Word == (byte)Tag.LayeredSet;

    public bool IsLambda => (byte)Word is (byte)Tag.Lambda or (byte)Tag.UnforcedLambda;

    public bool IsBuiltin => (byte)Word == (byte)Tag.Builtin;

    public bool IsPartialApplication => (byte)Word == (byte)Tag.PartialApplication;

    public bool IsFunction => (byte)Word >= (byte)Tag.Lambda;

    public ValueKind Kind =>
        Tag switch
        {
            Tag.Integer or Tag.BoxedInteger => ValueKind.Integer,
            Tag.Float => ValueKind.Float,
            Tag.Boolean => ValueKind.Boolean,
            Tag.Null => ValueKind.Null,
            Tag.String => ValueKind.String,
            Tag.Path => ValueKind.Path,
            Tag.List => ValueKind.List,
            Tag.AttributeSet or Tag.LayeredSet => ValueKind.AttributeSet,
            >= Tag.Lambda => ValueKind.Function,
            _ => ValueKind.Suspended,
        };

    public static Value Of(bool value) =>
        new(value ? (ulong)Tag.Boolean | 0x100 : (ulong)Tag.Boolean);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Value Of(long value)
    {
        var shifted = value << 8;
        return shifted >> 8 == value ? new((ulong)shifted | (ulong)Tag.Integer) : Box(value);
    }

    public static unsafe Value Of(double value)
    {
        var cell = Arena.Take(1);
        *cell = BitConverter.DoubleToUInt64Bits(value);
        return new(Cell.Pack(Tag.Float, 0, Arena.HandleOf(cell)));
    }

    public static Value Of(StringValue value) => new(Cell.Pack(Tag.String, 0, value.Handle));

    /// <summary>A string without context; the bytes are copied.</summary>
    public static Value Of(ReadOnlySpan<byte> text) => Of(StringValue.Create(text));

    /// <summary>A string without context, as UTF-8.</summary>
    public static Value Of(string text) => Of(StringValue.Create(text));

    public static Value Of(ListValue list) => list.ToValue();

    public static Value Of(AttributeSet set) => set.ToValue();

    /// <summary>A path value; the text must be absolute and canonical.</summary>
    public static Value Path(StringValue text) => new(Cell.Pack(Tag.Path, 0, text.Handle));

    /// <inheritdoc cref="Path(StringValue)"/>
    public static Value Path(ReadOnlySpan<byte> text) => Path(StringValue.Create(text));

    /// <inheritdoc cref="Path(StringValue)"/>
    public static Value Path(string text) => Path(StringValue.Create(text));

    internal static Value Lambda(LambdaNode node, Frame frame) =>
        new(Cell.Pack(Tag.Lambda, (uint)node.Id, frame.Handle));

    internal static Value UnforcedLambda(LambdaNode node, Frame frame) =>
        new(Cell.Pack(Tag.UnforcedLambda, (uint)node.Id, frame.Handle));

    internal static Value OfBuiltin(BoundBuiltin builtin) =>
        new(Cell.Pack(Tag.Builtin, (uint)builtin.Id, 0));

    internal static unsafe Value Partial(BoundBuiltin builtin, Value first)
    {
        var cell = Arena.Take(2);
        cell[0] = 1;
        cell[1] = first.Word;
        return new(Cell.Pack(Tag.PartialApplication, (uint)builtin.Id, Arena.HandleOf(cell)));
    }

    internal static unsafe Value Partial(BoundBuiltin builtin, Value first, Value second)
    {
        var cell = Arena.Take(3);
        cell[0] = 2;
        cell[1] = first.Word;
        cell[2] = second.Word;
        return new(Cell.Pack(Tag.PartialApplication, (uint)builtin.Id, Arena.HandleOf(cell)));
    }

    public unsafe long AsInteger
    {
        get
        {
            Debug.Assert(IsInteger, "the value is not an integer");
            return (byte)Word == (byte)Tag.Integer ? (long)Word >> 8 : (long)*Arena.At(Handle);
        }
    }

    public unsafe double AsFloat
    {
        get
        {
            Debug.Assert(IsFloat, "the value is not a float");
            return BitConverter.UInt64BitsToDouble(*Arena.At(Handle));
        }
    }

    public bool AsBoolean
    {
        get
        {
            Debug.Assert(IsBoolean, "the value is not a boolean");
            return (Word & 0x100) != 0;
        }
    }

    public StringValue AsString
    {
        get
        {
            Debug.Assert(IsString, "the value is not a string");
            return new(Handle);
        }
    }

    /// <summary>The text of a path value.</summary>
    public StringValue AsPath
    {
        get
        {
            Debug.Assert(IsPath, "the value is not a path");
            return new(Handle);
        }
    }

    public ListValue AsList
    {
        get
        {
            Debug.Assert(IsList, "the value is not a list");
            return new(Handle, Auxiliary);
        }
    }

    public AttributeSet AsAttributeSet
    {
        get
        {
            Debug.Assert(IsAttributeSet, "the value is not a set");
            return IsLayeredSet ? AsLayeredSet.Flatten() : new(Handle);
        }
    }

    internal LayeredSet AsLayeredSet
    {
        get
        {
            Debug.Assert(IsLayeredSet, "the value is not a set in layers");
            return new(Handle);
        }
    }

    /// <summary>Finds a name in a set, which need not become one flat set for it.</summary>
    /// <param name="symbol">The name.</param>
    /// <param name="cache">Of the place that looks it up.</param>
    /// <param name="holder">The set that has the name.</param>
    /// <returns>The index in <paramref name="holder"/>, or -1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int FindAttribute(int symbol, ref ShapeCache cache, out AttributeSet holder)
    {
        if (IsLayeredSet)
            return AsLayeredSet.Find(symbol, ref cache, out holder);
        holder = new(Handle);
        return cache.Find(holder.Shape, symbol);
    }

    /// <summary>A number, a Boolean or null: a word that refers to nothing in the arena.</summary>
    internal bool IsImmediate
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (ImmediateTags >> (byte)Word & 1) != 0;
    }

    internal LambdaNode LambdaNode
    {
        get
        {
            Debug.Assert(IsLambda, "the value is not a lambda");
            return Unsafe.As<LambdaNode>(Node.ById((int)Auxiliary));
        }
    }

    internal Frame LambdaFrame => new(Handle);

    /// <summary>The builtin of a builtin value or of a partial application.</summary>
    internal BoundBuiltin BoundBuiltin => BoundBuiltin.ById((int)Auxiliary);

    /// <summary>How many arguments a partial application has got already: 1 or 2.</summary>
    internal unsafe int PartialCount => (int)*Arena.At(Handle);

    internal unsafe Value PartialArgument(int index) =>
        new(Cell.Share(Arena.At(Handle) + 1 + index));

    /// <summary>How a slot looks from outside, without computing anything.</summary>
    internal unsafe SlotState Peek(out Value value)
    {
        var word = Word;
        while ((Tag)(byte)word == Tag.Reference)
            word = *Arena.At((uint)(word >> 32));
        value = new(word);
        if ((byte)word == (byte)Tag.UnforcedLambda)
            return SlotState.Suspended;
        if ((byte)word >= (byte)Tag.Integer)
            return SlotState.Forced;
        return (byte)word > (byte)Tag.Reference ? SlotState.Claimed : SlotState.Suspended;
    }

    /// <summary>True when both are the very same list, set, closure or box: no copy that merely looks equal.</summary>
    public bool IsSameAs(Value other) =>
        Word == other.Word || (IsLambda && other.IsLambda && Word >> 8 == other.Word >> 8);

    /// <summary>Evaluates to weak head normal form; O(1) when that has happened already.</summary>
    /// <exception cref="EvaluationException">The program failed, or needs its own result.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Value Force() => IsForced ? this : ForceTarget(Position.None);

    /// <inheritdoc cref="Force()"/>
    /// <param name="position">Who asks; shown when the value turns out to need itself.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Value Force(Position position) => IsForced ? this : ForceTarget(position);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private unsafe Value ForceTarget(Position position)
    {
        Debug.Assert(Tag == Tag.Reference, "a suspended word must stay in its slot");
        return Cell.Force(Arena.At(Handle), position);
    }

    private static unsafe Value Box(long value)
    {
        var cell = Arena.Take(1);
        *cell = (ulong)value;
        return new(Cell.Pack(Tag.BoxedInteger, 0, Arena.HandleOf(cell)));
    }
}

/// <summary>What <see cref="Value.Peek"/> saw.</summary>
internal enum SlotState
{
    Suspended,
    Claimed,
    Forced,
}
