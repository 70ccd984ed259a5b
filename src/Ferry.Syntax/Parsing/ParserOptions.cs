using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Text;

namespace Ferry.Syntax.Parsing;

/// <summary>What happens on a form that stock advises against.</summary>
public enum LintLevel
{
    Ignore,

    /// <summary>A warning, by <see cref="ParserOptions.OnWarning"/>.</summary>
    Warn,

    /// <summary>A syntax error.</summary>
    Fatal,
}

/// <summary>What reading a text depends on besides the text. Immutable; may be shared between threads.</summary>
public sealed record ParserOptions
{
    /// <summary>Where names are interned. Texts that are evaluated together must share one.</summary>
    public required SymbolTable Symbols { get; init; }

    /// <summary>What <c>~</c> stands for in path literals; null when there is no home.</summary>
    public string? HomeDirectory { get; init; }

    /// <summary>True refuses <c>~/…</c> literals, whose meaning depends on the user.</summary>
    public bool IsPure { get; init; }

    /// <summary>Whether the experimental feature <c>pipe-operators</c> is on.</summary>
    public bool AllowsPipeOperators { get; init; }

    /// <summary>The setting <c>lint-url-literals</c>.</summary>
    public LintLevel UrlLiterals { get; init; }

    /// <summary>The setting <c>lint-absolute-path-literals</c>; also of literals that start with <c>~</c>.</summary>
    public LintLevel AbsolutePathLiterals { get; init; }

    /// <summary>The setting <c>lint-short-path-literals</c>: relative ones that do not start with a dot.</summary>
    public LintLevel ShortPathLiterals { get; init; }

    /// <summary>Asked at every level of nesting: true ends the parse with a <see cref="SyntaxException"/>.</summary>
    public Func<bool> IsInterrupted { get; init; } = () => false;

    /// <summary>Gets what stock warns of while parsing; null drops it.</summary>
    public Action<Diagnostic>? OnWarning { get; init; }
}
