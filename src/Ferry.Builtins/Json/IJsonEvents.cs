namespace Ferry.Builtins.Json;

/// <summary>What <see cref="JsonReader"/> reports, in document order. Strings are UTF-8 and valid for the call only.</summary>
public interface IJsonEvents
{
    void Null();

    void Boolean(bool value);

    void Integer(long value);

    /// <summary>A number above the range of <see cref="Integer"/>, below 2^64.</summary>
    void Unsigned(ulong value);

    /// <summary>A number with a point or exponent, or a whole number beyond 64 bits.</summary>
    void Float(double value);

    void String(ReadOnlySpan<byte> text);

    void BeginObject();

    void Key(ReadOnlySpan<byte> name);

    void EndObject();

    void BeginArray();

    void EndArray();
}
