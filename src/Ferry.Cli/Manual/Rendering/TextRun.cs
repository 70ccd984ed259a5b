namespace Ferry.Cli.Manual.Rendering;

internal enum TextStyle
{
    Plain,

    /// <summary>What is typed as it stands: code, option names.</summary>
    Literal,

    /// <summary>What stands for something else: parameters, emphasis.</summary>
    Variable,
}

/// <summary>A piece of a line in one style.</summary>
internal readonly record struct TextRun(string Text, TextStyle Style)
{
    public static TextRun Plain(string text) => new(text, TextStyle.Plain);

    public static TextRun Literal(string text) => new(text, TextStyle.Literal);

    public static TextRun Variable(string text) => new(text, TextStyle.Variable);
}
