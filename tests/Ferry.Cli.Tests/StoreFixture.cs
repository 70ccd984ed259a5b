namespace Ferry.Cli.Tests;

/// <summary>A store for end-to-end tests. It outlives a run, as a cache of toolchains; what tests build in it is small.</summary>
/// <remarks>Everything that uses it is one collection, so that its tests run one after another.</remarks>
public sealed class StoreFixture
{
    public string Root { get; } =
        Directory
            .CreateDirectory(Path.Combine(FerryProgram.Root, "artifacts", "test", "store"))
            .FullName;

    internal Outcome Run(string verb, params string[] arguments) =>
        FerryProgram.Run([.. verb.Split(' '), "--store", Root, .. arguments]);

    /// <summary>Where a store path lies on this machine.</summary>
    public string Real(string storePath) => Root + storePath.Trim();
}

[CollectionDefinition(nameof(StoreFixture))]
public sealed class StoreGroup : ICollectionFixture<StoreFixture>;
