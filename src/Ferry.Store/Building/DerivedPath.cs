using System.Collections.Immutable;
using Ferry.Formats;
using Ferry.Formats.StorePaths;

namespace Ferry.Store.Building;

/// <summary>Something that can be made valid: a store path as it is, or outputs of a derivation.</summary>
public abstract record DerivedPath
{
    private DerivedPath() { }

    /// <summary>A path that must be valid or substituted.</summary>
    public sealed record Opaque(StorePath Path) : DerivedPath;

    /// <summary>Outputs of a derivation that is in the store.</summary>
    /// <param name="Derivation">The path of the <c>.drv</c> file.</param>
    /// <param name="OutputNames">Null means every output.</param>
    public sealed record Built(StorePath Derivation, ImmutableSortedSet<ByteString>? OutputNames)
        : DerivedPath
    {
        public bool Wants(ByteString outputName) => OutputNames?.Contains(outputName) ?? true;
    }

    /// <summary>Parses <c>PATH</c>, <c>PATH^out,dev</c>, <c>PATH^*</c>, and stock's older form with '!'.</summary>
    /// <exception cref="BadFormatException">The text names no store path, or an empty output.</exception>
    public static DerivedPath Parse(string text, StoreDirectory directory)
    {
        var separator = text.LastIndexOfAny(['^', '!']);
        if (separator < 0)
            return new Opaque(directory.Parse(text));

        var path = directory.Parse(text[..separator]);
        _ = path.DerivationName;
        var names = text[(separator + 1)..];
        if (names == "*")
            return new Built(path, OutputNames: null);

        var parts = names.Split(',');
        return parts.Contains("")
            ? throw new BadFormatException($"'{text}' has an empty output name")
            : new Built(path, [.. parts.Select(ByteString.FromString)]);
    }

    /// <summary>The text form with '^'.</summary>
    public string Format(StoreDirectory directory) =>
        this switch
        {
            Opaque opaque => directory.Format(opaque.Path),
            Built { OutputNames: null } all => $"{directory.Format(all.Derivation)}^*",
            Built some =>
                $"{directory.Format(some.Derivation)}^{string.Join(',', some.OutputNames!)}",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
