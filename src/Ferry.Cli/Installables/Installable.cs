using Ferry.Flakes.References;
using Ferry.Store.Building;

namespace Ferry.Cli.Installables;

/// <summary>What a person named on the command line, before anything is evaluated.</summary>
internal abstract record Installable
{
    private Installable() { }

    /// <summary>Something in the store already, perhaps with outputs of a derivation.</summary>
    public sealed record InStore(DerivedPath Target) : Installable;

    /// <summary>An attribute of a flake.</summary>
    /// <param name="Reference">The flake.</param>
    /// <param name="AttributePath">As typed after <c>#</c>; empty means the default.</param>
    /// <param name="Outputs">As typed after <c>^</c>.</param>
    /// <param name="Options">What to do with the flake's lock file.</param>
    public sealed record OfFlake(
        FlakeReference Reference,
        string AttributePath,
        OutputSelection Outputs,
        FlakeOptions Options
    ) : Installable
    {
        /// <summary>Where the flake may have it.</summary>
        public AttributePlaces Places { get; init; } = AttributePlaces.Packages;
    }

    /// <summary>An attribute of the value of <c>--file</c> or <c>--expr</c>.</summary>
    public sealed record OfExpression(string AttributePath, OutputSelection Outputs) : Installable;
}
