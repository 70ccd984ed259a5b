using Ferry.Formats;

namespace Ferry.Build.Sandbox;

/// <summary>Replaces placeholders of outputs by their paths, in text of any encoding.</summary>
public sealed class ByteRewriter
{
    private readonly IReadOnlyList<KeyValuePair<ByteString, ByteString>> _rules;

    /// <param name="rules">Applied one after the other, each to all places.</param>
    public ByteRewriter(IReadOnlyList<KeyValuePair<ByteString, ByteString>> rules) =>
        _rules = rules;

    public ByteString Rewrite(ByteString text)
    {
        foreach (var (from, to) in _rules)
            text = Replace(text, from, to);
        return text;
    }

    private static ByteString Replace(ByteString text, ByteString from, ByteString to)
    {
        var next = text.Span.IndexOf(from.Span);
        if (next < 0)
            return text;

        var result = new MemoryStream(text.Length);
        var rest = text.Span;
        while (next >= 0)
        {
            result.Write(rest[..next]);
            result.Write(to.Span);
            rest = rest[(next + from.Length)..];
            next = rest.IndexOf(from.Span);
        }

        result.Write(rest);
        return ByteString.Adopt(result.ToArray());
    }
}
