using System.Collections.Immutable;
using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Building;

namespace Ferry.Cli.Installables;

/// <summary>One thing to build or to look at, with what evaluation knows about it.</summary>
/// <param name="Path">What to make valid.</param>
internal sealed record Target(DerivedPath Path)
{
    /// <summary>The program that <c>run</c> starts, inside the main output; null where nothing was evaluated.</summary>
    public string? MainProgram { get; init; }

    /// <summary>The output that the package's own path means: its first one. Null where nothing was evaluated.</summary>
    public ByteString? MainOutput { get; init; }

    /// <summary>The derivation's own name for messages.</summary>
    public string? Name { get; init; }

    /// <summary>Paths of the wanted outputs, known from the derivation.</summary>
    public SortedMap<ByteString, StorePath> OutputPaths(IStore store)
    {
        if (Path is not DerivedPath.Built built)
            return SortedMap<ByteString, StorePath>.Empty;
        var derivation = store.ReadDerivation(built.Derivation);
        return SortedMap<ByteString, StorePath>.From(
            derivation.KnownOutputPaths(store.Paths).Where(output => built.Wants(output.Key))
        );
    }

    public static Target Built(
        StorePath derivation,
        ImmutableSortedSet<ByteString>? outputs,
        string? name = null,
        string? mainProgram = null
    ) => new(new DerivedPath.Built(derivation, outputs)) { Name = name, MainProgram = mainProgram };
}
