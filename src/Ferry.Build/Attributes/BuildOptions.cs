using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;

namespace Ferry.Build.Attributes;

/// <summary>What a derivation says about how it is to be built, apart from its builder and inputs.</summary>
/// <remarks>Source: Nix manual, "Advanced attributes".</remarks>
public sealed record BuildOptions
{
    /// <summary>Checks by output name; without structured attributes one for <see cref="EveryOutput"/>.</summary>
    public required IReadOnlyDictionary<string, OutputChecks> Checks { get; init; }

    /// <summary>The key under which checks of every output stand in <see cref="Checks"/>.</summary>
    public const string EveryOutput = "";

    /// <summary>Outputs whose references are not scanned for; only with structured attributes.</summary>
    public required IReadOnlySet<string> DiscardsReferences { get; init; }

    /// <summary>Variables that come as a file; only without structured attributes.</summary>
    public required IReadOnlySet<string> PassAsFile { get; init; }

    /// <summary>File name or attribute name, and the store paths whose closures it describes.</summary>
    public required SortedMap<ByteString, IReadOnlyList<StorePath>> ExportedGraphs { get; init; }

    public required bool WantsNoSandbox { get; init; }

    public required IReadOnlySet<string> ImpureHostDependencies { get; init; }

    /// <summary>Variables of the caller that a fixed-output builder sees.</summary>
    public required IReadOnlySet<string> ImpureVariables { get; init; }

    public required IReadOnlySet<string> RequiredFeatures { get; init; }

    public required bool PrefersLocalBuild { get; init; }

    public required bool AllowsSubstitutes { get; init; }

    /// <summary>Null when the derivation has none.</summary>
    public required ObjectAttribute? Structured { get; init; }

    /// <exception cref="BuildException">An attribute has the wrong type or names no store path.</exception>
    public static BuildOptions Of(Derivation derivation, StoreDirectory store)
    {
        var reader = new AttributeReader(derivation.Environment);
        return new BuildOptions
        {
            Checks = OutputChecks.Read(reader),
            DiscardsReferences = ReadDiscards(reader),
            PassAsFile = reader.PlainWords("passAsFile").ToHashSet(),
            ExportedGraphs = GraphAttribute.Read(reader, store),
            WantsNoSandbox = reader.Boolean("__noChroot"),
            ImpureHostDependencies = reader.TextSet("__impureHostDeps") ?? NoTexts,
            ImpureVariables = reader.TextSet("impureEnvVars") ?? NoTexts,
            RequiredFeatures = reader.TextSet("requiredSystemFeatures") ?? NoTexts,
            PrefersLocalBuild = reader.Boolean("preferLocalBuild"),
            AllowsSubstitutes = reader.Boolean("allowSubstitutes", whenAbsent: true),
            Structured = reader.Structured,
        };
    }

    private static IReadOnlySet<string> NoTexts { get; } = new HashSet<string>();

    private static HashSet<string> ReadDiscards(AttributeReader reader)
    {
        const string name = "unsafeDiscardReferences";
        if (reader.Member(name) is not { } value)
            return [];
        return AttributeReader
            .AsObject(value, name)
            .Members.Where(member => AttributeReader.AsBoolean(member.Value, name))
            .Select(member => member.Key)
            .ToHashSet();
    }
}
