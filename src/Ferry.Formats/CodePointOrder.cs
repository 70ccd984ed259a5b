using System.Text;

namespace Ferry.Formats;

/// <summary>The order of UTF-8 bytes, which differs from UTF-16's for characters above U+FFFF.</summary>
public sealed class CodePointOrder : IComparer<string>
{
    public static CodePointOrder Instance { get; } = new();

    public int Compare(string? left, string? right) =>
        Encoding
            .UTF8.GetBytes(left ?? "")
            .AsSpan()
            .SequenceCompareTo(Encoding.UTF8.GetBytes(right ?? ""));
}
