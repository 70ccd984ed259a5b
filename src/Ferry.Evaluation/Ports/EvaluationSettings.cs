using Ferry.Syntax.Parsing;

namespace Ferry.Evaluation.Ports;

/// <summary>One entry of the search path of <c>&lt;name></c>.</summary>
/// <param name="Prefix">Before the <c>=</c>; empty when there was none.</param>
/// <param name="Location">A path, URL or <c>flake:</c> reference as it was written.</param>
public sealed record SearchPathEntry(string Prefix, string Location);

/// <summary>What an evaluation depends on besides the program. Immutable.</summary>
public sealed record EvaluationSettings
{
    public const int DefaultCallDepthMax = 10_000;

    /// <summary>No environment, no clock, no files outside of what was given.</summary>
    public bool IsPure { get; init; }

    /// <summary>Files may be read only below the search path and allowed paths.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>Prefixes of URLs that may be fetched when restricted.</summary>
    public IReadOnlyList<string> AllowedUris { get; init; } = [];

    /// <summary>An allowed URI allows what is below it; one that ends with a colon allows a whole scheme.</summary>
    public bool AllowsUri(string uri) =>
        AllowedUris.Any(allowed =>
            uri == allowed
            || (
                allowed.Length > 0
                && uri.Length > allowed.Length
                && uri.StartsWith(allowed, StringComparison.Ordinal)
                && (allowed[^1] is '/' or ':' || uri[allowed.Length] == '/')
            )
        );

    /// <summary>In order of preference.</summary>
    public IReadOnlyList<SearchPathEntry> SearchPath { get; init; } = [];

    /// <summary>Nothing may be built during evaluation when false.</summary>
    public bool AllowsImportFromDerivation { get; init; } = true;

    /// <summary>Warn of every import from derivation (<c>trace-import-from-derivation</c>).</summary>
    public bool TracesImportFromDerivation { get; init; }

    /// <summary>Derivations and sources are not written, only their paths computed.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Traces name each function call.</summary>
    public bool ShowsTrace { get; init; }

    /// <summary><c>builtins.traceVerbose</c> says something.</summary>
    public bool TracesVerbosely { get; init; }

    /// <summary>Threads that evaluate at the same time; results do not depend on it.</summary>
    public int Cores { get; init; } = 1;

    /// <summary><c>builtins.warn</c> fails after it has said its warning.</summary>
    public bool AbortsOnWarning { get; init; }

    public int CallDepthMax { get; init; } = DefaultCallDepthMax;

    /// <summary>Where relative entries of the search path start.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary>Null when there is no home; <c>~/</c> paths fail then.</summary>
    public string? HomeDirectory { get; init; }

    public IReadOnlyCollection<string> ExperimentalFeatures { get; init; } = [];

    /// <summary>What a URL without quotes is: <see cref="ParserOptions.UrlLiterals"/>.</summary>
    public LintLevel UrlLiterals { get; init; }

    /// <summary>See <see cref="ParserOptions.AbsolutePathLiterals"/>.</summary>
    public LintLevel AbsolutePathLiterals { get; init; }

    /// <summary>See <see cref="ParserOptions.ShortPathLiterals"/>.</summary>
    public LintLevel ShortPathLiterals { get; init; }
}
