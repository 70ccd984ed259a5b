using Ferry.Syntax.Lexing;

namespace Ferry.Syntax.Parsing.Expectations;

/// <summary>What stock's messages call the tokens.</summary>
internal static class TokenNames
{
    public static string Of(TokenKind kind) =>
        kind switch
        {
            TokenKind.EndOfFile => "end of file",
            TokenKind.Invalid => "invalid token",
            TokenKind.Identifier => "identifier",
            TokenKind.String => "string",
            TokenKind.IndentedString => "indented string",
            TokenKind.Integer => "integer",
            TokenKind.Float => "floating-point literal",
            TokenKind.Path => "path",
            TokenKind.HomePath => "'~/…' path",
            TokenKind.SearchPath => "'<…>' path",
            TokenKind.PathEnd => "end of path",
            TokenKind.Uri => "URI",
            TokenKind.IndentedStringOpen => "start of an indented string",
            TokenKind.IndentedStringClose => "end of an indented string",
            TokenKind.ReplBindings => "start of REPL bindings",
            _ => $"'{Spelling(kind)}'",
        };

    private static string Spelling(TokenKind kind) =>
        kind switch
        {
            TokenKind.If => "if",
            TokenKind.Then => "then",
            TokenKind.Else => "else",
            TokenKind.Assert => "assert",
            TokenKind.With => "with",
            TokenKind.Let => "let",
            TokenKind.In => "in",
            TokenKind.Rec => "rec",
            TokenKind.Inherit => "inherit",
            TokenKind.Equal => "==",
            TokenKind.NotEqual => "!=",
            TokenKind.LessOrEqual => "<=",
            TokenKind.GreaterOrEqual => ">=",
            TokenKind.Update => "//",
            TokenKind.Concatenate => "++",
            TokenKind.And => "&&",
            TokenKind.Or => "||",
            TokenKind.Implies => "->",
            TokenKind.OrKeyword => "or",
            TokenKind.PipeFrom => "<|",
            TokenKind.PipeInto => "|>",
            TokenKind.DollarBrace => "${",
            TokenKind.Ellipsis => "...",
            _ => SpellingOfSign(kind),
        };

    private static string SpellingOfSign(TokenKind kind) =>
        kind switch
        {
            TokenKind.Less => "<",
            TokenKind.Greater => ">",
            TokenKind.Plus => "+",
            TokenKind.Minus => "-",
            TokenKind.Star => "*",
            TokenKind.Slash => "/",
            TokenKind.Question => "?",
            TokenKind.Colon => ":",
            TokenKind.At => "@",
            TokenKind.Semicolon => ";",
            TokenKind.Not => "!",
            TokenKind.Dot => ".",
            TokenKind.Quote => "\"",
            TokenKind.LeftParenthesis => "(",
            TokenKind.RightParenthesis => ")",
            TokenKind.LeftBrace => "{",
            TokenKind.RightBrace => "}",
            TokenKind.LeftBracket => "[",
            TokenKind.RightBracket => "]",
            TokenKind.Assign => "=",
            TokenKind.Comma => ",",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
