namespace Ferry.Cli.Tests;

/// <summary>A store for end-to-end tests. It outlives a run, as a cache of toolchains; what tests build in it is small.</summary>
/// <remarks>Everything that uses it is one collection, so that its tests run one after another.</remarks>
public sealed class StoreFixture
{
    private readonly Lazy<Outcome> _builds;

    // Together, so that emulated builds, which are slow and use one processor each, run beside the others.
    public StoreFixture() =>
        _builds = new(() =>
            Run("build", ["--no-link", "--keep-going", .. SetProgram.Installables])
        );

    public string Root { get; } =
        Directory
            .CreateDirectory(Path.Combine(FerryProgram.Root, "artifacts", "test", "store"))
            .FullName;

    /// <summary>Builds what the tests of all roads look at; each of them then sees whether its own is there.</summary>
    internal Outcome BuildEverything() => _builds.Value;

    internal Outcome Run(string verb, params string[] arguments) =>
        Run(new RunOptions(), verb, arguments);

    internal Outcome Run(RunOptions options, string verb, params string[] arguments) =>
        FerryProgram.Run(options, [.. verb.Split(' '), "--store", Root, .. arguments]);

    /// <summary>Where a store path lies on this machine.</summary>
    public string Real(string storePath) => Root + storePath.Trim();
}

[CollectionDefinition(nameof(StoreFixture))]
public sealed class StoreGroup : ICollectionFixture<StoreFixture>;
