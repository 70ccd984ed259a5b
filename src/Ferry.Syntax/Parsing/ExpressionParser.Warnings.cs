using System.Text;
using Ferry.Syntax.Diagnostics;
using static Ferry.Syntax.Diagnostics.TerminalColor;

namespace Ferry.Syntax.Parsing;

/// <content>Warnings about what means something else than it seems.</content>
internal sealed partial class ExpressionParser
{
    // In "f x or" the word is a second argument of x alone, which later versions of stock will change.
    private void WarnOfOddOr(int start)
    {
        if (_options.OnWarning is not { } warn)
            return;

        var expression = _source.Bytes.Span[start.._oddOrEnd];
        byte[] message =
        [
            .. Encoding.UTF8.GetBytes($"at {Location(start)}: "),
            .. "This expression uses `or` as an identifier in a way that will change in a future Nix release.\n"u8,
            .. "Wrap this entire expression in parentheses to preserve its current meaning:\n    ("u8,
            .. expression,
            .. ")\nGive feedback at https://github.com/NixOS/nix/pull/11121"u8,
        ];
        warn(new Diagnostic(message) { Level = DiagnosticLevel.Warning });
    }

    private void LintUrl(int start, ReadOnlyMemory<byte> written)
    {
        var state = _options.UrlLiterals == LintLevel.Fatal ? "disallowed" : "discouraged";
        Lint(
            _options.UrlLiterals,
            "lint-url-literals",
            start,
            $"URL literals are {Highlight(state)}. Consider using a string literal \""
                + $"{Highlight(TextOf(written))}\" instead"
        );
    }

    private void LintAbsolutePath(int start, ReadOnlyMemory<byte> written)
    {
        var kind = written.Span[0] == '~' ? "home" : "absolute";
        Lint(
            _options.AbsolutePathLiterals,
            "lint-absolute-path-literals",
            start,
            $"{kind} path literals are not portable. Consider replacing path literal '"
                + $"{Highlight(TextOf(written))}' by a string, relative path, or parameter"
        );
    }

    private void LintShortPath(int start, ReadOnlyMemory<byte> written)
    {
        var shown = Highlight(TextOf(written));
        Lint(
            _options.ShortPathLiterals,
            "lint-short-path-literals",
            start,
            $"relative path literal '{shown}' should be prefixed with '.' for clarity: './{shown}'"
        );
    }

    private void Lint(LintLevel level, string setting, int start, string message)
    {
        var diagnostic = new Diagnostic($"{message} ({Bold}{Highlight(setting)}{Normal})")
        {
            Level = level == LintLevel.Fatal ? DiagnosticLevel.Error : DiagnosticLevel.Warning,
            Location = Location(start),
        };
        if (level == LintLevel.Fatal)
            Fail(new SyntaxException(diagnostic));
        else
            _options.OnWarning?.Invoke(diagnostic);
    }

    private static string TextOf(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
