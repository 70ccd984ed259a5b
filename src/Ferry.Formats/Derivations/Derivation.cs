using System.Collections.Immutable;
using Ferry.Formats.StorePaths;

namespace Ferry.Formats.Derivations;

/// <summary>A build step: what to run, with which inputs, for which outputs. Written to the store as ATerm.</summary>
public sealed record Derivation
{
    /// <summary>The name in the store path, without <c>.drv</c>. It is not part of the text form.</summary>
    public required string Name { get; init; }

    public required SortedMap<ByteString, DerivationOutput> Outputs { get; init; }

    /// <summary>Derivations whose outputs are inputs, and the names of those outputs.</summary>
    public SortedMap<StorePath, ImmutableSortedSet<ByteString>> InputDerivations { get; init; } =
        SortedMap<StorePath, ImmutableSortedSet<ByteString>>.Empty;

    /// <summary>Store paths that are inputs as they are.</summary>
    public ImmutableSortedSet<StorePath> InputSources { get; init; } = [];

    /// <summary>The system that must run the builder, as <c>x86_64-linux</c>. Stock: "platform".</summary>
    public required ByteString System { get; init; }

    public required ByteString Builder { get; init; }

    public ImmutableArray<ByteString> Arguments { get; init; } = [];

    /// <summary>Includes <c>__json</c>, the structured attributes, as any other variable.</summary>
    public SortedMap<ByteString, ByteString> Environment { get; init; } =
        SortedMap<ByteString, ByteString>.Empty;

    /// <summary>A builder that is part of Nix itself, such as <c>builtin:fetchurl</c>.</summary>
    public bool IsBuiltin => Builder.StartsWith("builtin:"u8);

    /// <summary>True when the one output's content is known beforehand.</summary>
    public bool IsFixedOutput => Kind == DerivationKind.Fixed;

    /// <summary>Which kind of outputs the derivation has; all must be of one.</summary>
    /// <exception cref="BadFormatException">Kinds are mixed, there is no output, or a fixed output is not the only one called <c>out</c>.</exception>
    public DerivationKind Kind => DerivationKinds.Of(Outputs);

    /// <summary>The paths known from the derivation alone; outputs of other kinds are left out.</summary>
    public IEnumerable<KeyValuePair<ByteString, StorePath>> KnownOutputPaths(StorePathFactory paths)
    {
        foreach (var (name, output) in Outputs)
        {
            if (output.PathIn(paths, Name, name) is { } path)
                yield return new(name, path);
        }
    }

    /// <summary>The path of one output.</summary>
    /// <exception cref="BadFormatException">There is no such output, or its path is not known from the derivation.</exception>
    public StorePath OutputPath(StorePathFactory paths, ByteString outputName)
    {
        if (!Outputs.TryGetValue(outputName, out var output))
            throw new BadFormatException(
                $"derivation '{Name}' does not have an output named '{outputName}'"
            );
        return output.PathIn(paths, Name, outputName)
            ?? throw new BadFormatException(
                $"the path of output '{outputName}' of derivation '{Name}' is not known before it is built"
            );
    }

    /// <summary>Everything a derivation's own store object refers to: sources and input derivations, in order.</summary>
    public ImmutableSortedSet<StorePath> References() => InputSources.Union(InputDerivations.Keys);
}
