namespace Ferry.Builtins.RegularExpressions;

/// <summary>Named sets of bytes in the "C" locale, the only one stock's regular expressions see.</summary>
internal static class ByteClasses
{
    private static readonly string[] s_controlNames =
    [
        "NUL",
        "SOH",
        "STX",
        "ETX",
        "EOT",
        "ENQ",
        "ACK",
        "alert",
        "backspace",
        "tab",
        "newline",
        "vertical-tab",
        "form-feed",
        "carriage-return",
        "SO",
        "SI",
        "DLE",
        "DC1",
        "DC2",
        "DC3",
        "DC4",
        "NAK",
        "SYN",
        "ETB",
        "CAN",
        "EM",
        "SUB",
        "ESC",
        "IS4",
        "IS3",
        "IS2",
        "IS1",
        "space",
        "exclamation-mark",
        "quotation-mark",
        "number-sign",
        "dollar-sign",
        "percent-sign",
        "ampersand",
        "apostrophe",
        "left-parenthesis",
        "right-parenthesis",
        "asterisk",
        "plus-sign",
        "comma",
        "hyphen",
        "period",
        "slash",
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "colon",
        "semicolon",
        "less-than-sign",
        "equals-sign",
        "greater-than-sign",
        "question-mark",
        "commercial-at",
    ];

    private static readonly Dictionary<string, int> s_collatingNames = MakeCollatingNames();

    /// <summary>The byte behind <c>[.name.]</c>, or null.</summary>
    public static byte? CollatingElement(string name) =>
        s_collatingNames.TryGetValue(name, out var value) ? (byte)value : null;

    /// <summary>The test behind <c>[:name:]</c> (any case), or null.</summary>
    public static Func<char, bool>? Class(string name) =>
        name.ToLowerInvariant() switch
        {
            "d" or "digit" => char.IsAsciiDigit,
            "w" => character => char.IsAsciiLetterOrDigit(character) || character == '_',
            "s" or "space" => character => character is ' ' or (>= '\t' and <= '\r'),
            "alnum" => char.IsAsciiLetterOrDigit,
            "alpha" => char.IsAsciiLetter,
            "blank" => character => character is ' ' or '\t',
            "cntrl" => character => character is < ' ' or '\x7f',
            "graph" => character => character is > ' ' and < '\x7f',
            "lower" => char.IsAsciiLetterLower,
            "print" => character => character is >= ' ' and < '\x7f',
            "punct" => character =>
                character is > ' ' and < '\x7f' && !char.IsAsciiLetterOrDigit(character),
            "upper" => char.IsAsciiLetterUpper,
            "xdigit" => char.IsAsciiHexDigit,
            _ => null,
        };

    private static Dictionary<string, int> MakeCollatingNames()
    {
        var names = new Dictionary<string, int>();
        for (var index = 0; index < s_controlNames.Length; index++)
            names[s_controlNames[index]] = index;
        for (var letter = 'A'; letter <= 'Z'; letter++)
        {
            names[letter.ToString()] = letter;
            names[char.ToLowerInvariant(letter).ToString()] = char.ToLowerInvariant(letter);
        }

        string[] afterUpper =
        [
            "left-square-bracket",
            "backslash",
            "right-square-bracket",
            "circumflex",
            "underscore",
            "grave-accent",
        ];
        string[] afterLower =
        [
            "left-curly-bracket",
            "vertical-line",
            "right-curly-bracket",
            "tilde",
            "DEL",
        ];
        for (var index = 0; index < afterUpper.Length; index++)
            names[afterUpper[index]] = '[' + index;
        for (var index = 0; index < afterLower.Length; index++)
            names[afterLower[index]] = '{' + index;
        return names;
    }
}
