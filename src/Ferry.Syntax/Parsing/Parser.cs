using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Text;
using Ferry.Syntax.Tree;

namespace Ferry.Syntax.Parsing;

/// <summary>Turns the text of a Nix program into its tree.</summary>
public static class Parser
{
    /// <summary>Reads the whole text as one expression. Cost: linear in its length.</summary>
    /// <remarks>Nesting is limited by the stack of the calling thread, and checked: too deep a text is an error.</remarks>
    /// <exception cref="SyntaxException">The text is not a program.</exception>
    public static Expression Parse(SourceText source, ParserOptions options) =>
        new ExpressionParser(source, options).ParseText();

    /// <summary>Reads a line of the REPL that defines names: <c>x = 1; inherit y;</c>, at least one binding.</summary>
    /// <exception cref="SyntaxException">The text is something else; perhaps an expression.</exception>
    public static AttributeSetExpression ParseBindings(SourceText source, ParserOptions options) =>
        new ExpressionParser(source, options).ParseOnlyBindings();
}
