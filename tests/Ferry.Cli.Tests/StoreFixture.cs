namespace Ferry.Cli.Tests;

/// <summary>A store for end-to-end tests. It outlives a run, as a cache of toolchains; what tests build in it is small.</summary>
/// <remarks>Everything that uses it is one collection, so that its tests run one after another.</remarks>
public sealed class StoreFixture
{
    // Together, so that emulated builds, which are slow and use one processor each, run beside each other.
    private static readonly string[] s_everything =
    [
        "packages#pkgsCross.riscv64.hello",
        "packages#pkgsCross.aarch64-multiplatform.hello",
        "packages#legacyPackages.riscv64-linux.hello",
        "packages#legacyPackages.aarch64-linux.hello",
    ];

    private readonly Lazy<Outcome> _builds;

    public StoreFixture() =>
        _builds = new(() => Run("build", ["--no-link", "--keep-going", .. s_everything]));

    public string Root { get; } =
        Directory
            .CreateDirectory(Path.Combine(FerryProgram.Root, "artifacts", "test", "store"))
            .FullName;

    /// <summary>Builds what the tests of both roads look at; each of them then sees whether its own is there.</summary>
    internal Outcome BuildEverything() => _builds.Value;

    internal Outcome Run(string verb, params string[] arguments) =>
        FerryProgram.Run([.. verb.Split(' '), "--store", Root, .. arguments]);

    /// <summary>Where a store path lies on this machine.</summary>
    public string Real(string storePath) => Root + storePath.Trim();
}

[CollectionDefinition(nameof(StoreFixture))]
public sealed class StoreGroup : ICollectionFixture<StoreFixture>;
