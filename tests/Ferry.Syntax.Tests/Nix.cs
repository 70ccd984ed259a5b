using System.Text;
using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Parsing;
using Ferry.Syntax.Printing;
using Ferry.Syntax.Text;
using Ferry.Syntax.Tree;

namespace Ferry.Syntax.Tests;

/// <summary>Short ways to parse in tests.</summary>
internal static class Nix
{
    public const string HomeDirectory = "/home/user";

    public static ParserOptions Options { get; } = FreshOptions();

    /// <summary>With a table of its own, as each run of stock has: which of several mistakes is told can depend on it.</summary>
    public static ParserOptions FreshOptions() =>
        new() { Symbols = new SymbolTable(), HomeDirectory = HomeDirectory };

    public static SourceText Source(string text) => SourceText.FromString(text, "/pwd");

    public static Expression Parse(string text, ParserOptions? options = null) =>
        Parser.Parse(Source(text), options ?? Options);

    public static T Parse<T>(string text)
        where T : Expression => Assert.IsType<T>(Parse(text));

    public static string Print(string text, ParserOptions? options = null) =>
        Encoding.UTF8.GetString(ExpressionPrinter.Format(Parse(text, options)));

    public static string Fail(string text, ParserOptions? options = null)
    {
        var failure = Assert.Throws<SyntaxException>(() => Parse(text, options));
        return DiagnosticRenderer.RenderToString(failure.Diagnostic, new DiagnosticStyle());
    }

    public static Symbol Symbol(string name) => Options.Symbols.Intern(name);
}
