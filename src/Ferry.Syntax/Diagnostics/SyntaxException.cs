using System.Text;
using Ferry.Syntax.Text;

namespace Ferry.Syntax.Diagnostics;

/// <summary>A text is not a Nix program. Never used for a bug in the parser itself.</summary>
public sealed class SyntaxException : Exception
{
    internal SyntaxException(Diagnostic diagnostic)
        : base(Encoding.UTF8.GetString(TerminalColor.Strip(diagnostic.Message.Span))) =>
        Diagnostic = diagnostic;

    public Diagnostic Diagnostic { get; }

    /// <summary>Null only for a text that is refused as a whole.</summary>
    public SourceLocation? Location => Diagnostic.Location;
}
