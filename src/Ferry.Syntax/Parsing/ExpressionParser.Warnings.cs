using System.Text;
using Ferry.Syntax.Diagnostics;

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
}
