using System.Globalization;
using System.Text;
using Ferry.Syntax.Text;
using static Ferry.Syntax.Diagnostics.TerminalColor;

namespace Ferry.Syntax.Diagnostics;

/// <summary>Every failure of lexer and parser, in stock's words.</summary>
internal static class SyntaxErrors
{
    /// <param name="location">Where the token is.</param>
    /// <param name="message">What was found, and what was expected.</param>
    public static SyntaxException Unexpected(SourceLocation location, string message) =>
        At(location, message);

    public static SyntaxException FeatureIsOff(SourceLocation location, string feature) =>
        At(
            location,
            $"experimental Nix feature '{Highlight(feature)}' is disabled; "
                + $"add '--extra-experimental-features {Highlight(feature)}' to enable it"
        );

    public static SyntaxException InvalidInteger(SourceLocation location, string written) =>
        At(location, $"invalid integer '{Highlight(written)}'");

    public static SyntaxException InvalidFloat(SourceLocation location, string written) =>
        At(location, $"invalid float '{Highlight(written)}'");

    public static SyntaxException PathEndsWithSlash(SourceLocation location) =>
        At(location, "path has a trailing slash");

    public static SyntaxException NullInString(SourceLocation location, ReadOnlySpan<byte> value) =>
        At(
            location,
            Encode("input string '" + Magenta),
            ReplaceNulls(value),
            Encode(Normal + "' cannot be represented as Nix string because it contains null bytes")
        );

    public static SyntaxException HomePathInPureMode(ReadOnlyMemory<byte> path) =>
        At(
            null,
            Encode("the path '" + Magenta),
            path,
            Encode(Normal + "' can not be resolved in pure mode")
        );

    public static SyntaxException NoHome(SourceLocation location) =>
        At(location, "cannot determine user's home directory");

    public static SyntaxException DuplicateAttribute(
        SourceLocation location,
        ReadOnlyMemory<byte> shownPath,
        SourceLocation earlier
    ) =>
        At(
            location,
            Encode("attribute '" + Magenta),
            shownPath,
            Encode($"{Normal}' already defined at {Highlight(earlier.ToString())}")
        );

    public static SyntaxException DuplicateFormal(SourceLocation location, Symbol name) =>
        At(
            location,
            Encode("duplicate formal function argument '" + Magenta),
            name.Memory,
            Encode(Normal + "'")
        );

    public static SyntaxException TooManyFormals(SourceLocation location, int limit) =>
        At(
            location,
            "too many formal arguments, implementation supports at most "
                + Highlight(limit.ToString(CultureInfo.InvariantCulture))
        );

    public static SyntaxException DynamicAttributeInLet(SourceLocation location) =>
        At(location, "dynamic attributes not allowed in let");

    public static SyntaxException DynamicAttributeInInherit(SourceLocation location) =>
        At(location, "dynamic attributes not allowed in inherit");

    public static SyntaxException NestedTooDeeply(SourceLocation location) =>
        At(location, "expressions are nested too deeply for the stack of this thread");

    private static SyntaxException At(SourceLocation? location, string message) =>
        new(new Diagnostic(message) { Location = location });

    private static SyntaxException At(
        SourceLocation? location,
        params ReadOnlySpan<ReadOnlyMemory<byte>> parts
    )
    {
        var message = new MemoryStream();
        foreach (var part in parts)
            message.Write(part.Span);
        return new(new Diagnostic(message.ToArray()) { Location = location });
    }

    private static ReadOnlyMemory<byte> Encode(string text) => Encoding.UTF8.GetBytes(text);

    private static ReadOnlyMemory<byte> ReplaceNulls(ReadOnlySpan<byte> value)
    {
        var result = new MemoryStream();
        foreach (var character in value)
        {
            if (character == 0)
                result.Write("␀"u8);
            else
                result.WriteByte(character);
        }

        return result.ToArray();
    }
}
