namespace Ferry.Formats.Signatures;

/// <summary>The order of signatures in files and databases: by the name of the key, then by bytes, not by text.</summary>
public sealed class SignatureOrder : IComparer<string>
{
    public static readonly SignatureOrder Instance = new();

    private SignatureOrder() { }

    public int Compare(string? x, string? y)
    {
        if (x == y)
            return 0;
        if (x is null || y is null)
            return x is null ? -1 : 1;
        var left = Split(x);
        var right = Split(y);
        var byName = string.CompareOrdinal(left.Name, right.Name);
        var byBytes = byName != 0 ? byName : left.Bytes.AsSpan().SequenceCompareTo(right.Bytes);
        // Text that is no signature still needs a place of its own.
        return byBytes != 0 ? byBytes : string.CompareOrdinal(x, y);
    }

    private static (string Name, byte[] Bytes) Split(string text)
    {
        var colon = text.IndexOf(':');
        if (colon < 0)
            return (text, []);
        return (text[..colon], Hashing.LenientBase64.TryDecode(text.AsSpan(colon + 1)) ?? []);
    }
}
