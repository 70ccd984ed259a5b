using Ferry.Syntax.Diagnostics;

namespace Ferry.Flakes;

/// <summary>A flake cannot be found, read or used. Errors of its expressions are evaluation errors.</summary>
/// <remarks>Traces are added by exception filters, innermost first, as with evaluation errors.</remarks>
public sealed class FlakeException(string message) : Exception(message)
{
    private readonly List<string> _traces = [];

    /// <summary>What was being done, innermost first.</summary>
    public IReadOnlyList<string> Traces => _traces;

    /// <returns>False, for use in an exception filter.</returns>
    public bool AddTrace(string trace)
    {
        _traces.Add(trace);
        return false;
    }

    /// <param name="flake">The flake.</param>
    /// <param name="tried">The attribute paths that were looked for.</param>
    /// <param name="suggestions">Near names, best first.</param>
    public static FlakeException NoAttribute(
        string flake,
        IReadOnlyList<string> tried,
        IReadOnlyList<string> suggestions
    )
    {
        var hint =
            suggestions.Count == 0
                ? ""
                : $"\nDid you mean {NearNames.JoinPlain([.. suggestions.Distinct()])}?";
        return new(
            $"flake '{flake}' does not provide attribute {Alternatives([.. tried.Select(path => $"'{path}'")])}{hint}"
        );
    }

    private static string Alternatives(IReadOnlyList<string> texts) =>
        texts.Count == 1 ? texts[0] : $"{string.Join(", ", texts.SkipLast(1))} or {texts[^1]}";
}
