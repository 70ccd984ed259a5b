using System.Collections.Immutable;
using Ferry.Build.Sandbox;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;
using Ferry.Store;

namespace Ferry.Build.Attributes;

/// <summary>What a derivation with structured attributes finds in its files, for a shell that is no build.</summary>
public static class AttributeFiles
{
    /// <param name="derivation">Whose attributes they are; its output paths are known.</param>
    /// <param name="options">Of the derivation.</param>
    /// <param name="store">Knows the closures that the derivation may ask to be told.</param>
    /// <param name="closure">Everything a build would see.</param>
    /// <returns>Null for a derivation without structured attributes.</returns>
    /// <exception cref="BuildException">A graph is asked for of a path that is no input.</exception>
    public static (string Json, string Shell)? Of(
        Derivation derivation,
        BuildOptions options,
        IStore store,
        ImmutableSortedSet<StorePath> closure
    )
    {
        if (options.Structured is not { } structured)
            return null;
        return StructuredAttributes.Write(
            structured,
            derivation
                .KnownOutputPaths(store.Paths)
                .Select(output =>
                    KeyValuePair.Create(output.Key.ToString(), store.Directory.Format(output.Value))
                ),
            options.ExportedGraphs.Select(graph =>
                KeyValuePair.Create(
                    graph.Key.ToString(),
                    ReferenceGraph.Json(store, ReferenceGraph.Of(store, graph.Value, closure))
                )
            )
        );
    }
}
