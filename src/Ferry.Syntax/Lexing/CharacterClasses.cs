namespace Ferry.Syntax.Lexing;

/// <summary>Which bytes may stand where, by one table look-up.</summary>
internal static class CharacterClasses
{
    public const byte IdentifierStart = 1;
    public const byte IdentifierPart = 2;
    public const byte PathPart = 4;
    public const byte UriPart = 8;
    public const byte SchemePart = 16;
    public const byte Digit = 32;
    public const byte Space = 64;

    private static readonly byte[] s_classes = Build();

    public static bool Is(byte character, byte characterClass) =>
        (s_classes[character] & characterClass) != 0;

    private static byte[] Build()
    {
        var classes = new byte[256];
        const string letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        const string digits = "0123456789";
        Add(classes, IdentifierStart, letters + "_");
        Add(classes, IdentifierPart, letters + digits + "_'-");
        Add(classes, PathPart, letters + digits + "._-+");
        Add(classes, UriPart, letters + digits + "%/?:@&=+$,-_.!~*'");
        Add(classes, SchemePart, letters + digits + "+-.");
        Add(classes, Digit, digits);
        Add(classes, Space, " \t\r\n");
        return classes;
    }

    private static void Add(byte[] classes, byte characterClass, string characters)
    {
        foreach (var character in characters)
            classes[character] |= characterClass;
    }
}
