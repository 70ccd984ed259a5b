namespace Ferry.Builtins.RegularExpressions;

/// <summary>A pattern that stock Nix refuses.</summary>
public sealed class RegexSyntaxException : Exception
{
    private RegexSyntaxException(string message, bool isTooLarge)
        : base(message) => IsTooLarge = isTooLarge;

    /// <summary>True when the pattern is well formed but needs more automaton states than stock allows.</summary>
    public bool IsTooLarge { get; }

    internal static RegexSyntaxException Invalid(string reason) => new(reason, isTooLarge: false);

    internal static RegexSyntaxException TooLarge() =>
        new($"more than {Automaton.StateCountMax} automaton states", isTooLarge: true);
}
