using System.Collections.Immutable;
using Ferry.Build.Attributes;
using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;

namespace Ferry.Build.Goals;

/// <summary>One derivation that has to be built or fetched, with all that its inputs do not have to exist for.</summary>
/// <param name="Path">Of the <c>.drv</c> file.</param>
/// <param name="Derivation">Its contents.</param>
/// <param name="Options">Its attributes, parsed.</param>
/// <param name="Outputs">Every output and its path.</param>
public sealed record BuildStep(
    StorePath Path,
    Derivation Derivation,
    BuildOptions Options,
    SortedMap<ByteString, StorePath> Outputs
)
{
    /// <summary>Fixed-output builds may use the network; nothing else may.</summary>
    public bool HasNetwork => Derivation.IsFixedOutput;

    /// <summary>A builtin that only brings something in: it waits for a server more than for a processor.</summary>
    public bool IsFetch => Derivation.IsBuiltin && Derivation.IsFixedOutput;
}

/// <summary>A step whose inputs are all valid.</summary>
/// <param name="Step">What is to be built.</param>
/// <param name="Closure">Every store path the builder may see: the inputs and all that they refer to.</param>
public sealed record ReadyStep(BuildStep Step, ImmutableSortedSet<StorePath> Closure);
