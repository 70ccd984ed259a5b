using System.Collections.Immutable;
using Ferry.Formats;

namespace Ferry.Cli.Installables;

/// <summary>Which outputs of a derivation a person asked for with <c>^</c>.</summary>
/// <param name="Names">Null without a wish, or for <c>^*</c>.</param>
/// <param name="IsAll">True for <c>^*</c>.</param>
internal sealed record OutputSelection(ImmutableSortedSet<ByteString>? Names, bool IsAll)
{
    /// <summary>What the package itself installs.</summary>
    public static OutputSelection Default { get; } = new(null, IsAll: false);

    /// <summary>As typed after an installable; empty without a wish.</summary>
    public string Suffix =>
        IsAll ? "^*"
        : Names is null ? ""
        : "^" + string.Join(',', Names);

    /// <summary>Takes <c>^out,dev</c> or <c>^*</c> off the end of an installable.</summary>
    public static (string Name, OutputSelection Outputs) Split(string text)
    {
        var caret = text.LastIndexOf('^');
        if (caret < 0)
            return (text, Default);
        var names = text[(caret + 1)..];
        return names == "*"
            ? (text[..caret], new(null, IsAll: true))
            : (
                text[..caret],
                new([.. names.Split(',').Select(ByteString.FromString)], IsAll: false)
            );
    }
}
