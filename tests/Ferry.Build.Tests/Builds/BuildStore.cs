using System.Collections.Immutable;
using Ferry.Fetching.Downloads;
using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;
using Ferry.Store.Building;
using Ferry.Store.FileTrees;
using Ferry.Store.Local;

namespace Ferry.Build.Tests.Builds;

/// <summary>A store in a temporary directory with a builder: what most tests of builds begin with.</summary>
internal sealed class BuildStore : IDisposable
{
    public const string System = "x86_64-linux";

    private readonly TemporaryDirectory _place = new();
    private readonly Downloader _downloader = new(
        new DownloadSettings { RetryPause = TimeSpan.FromMilliseconds(1) }
    );

    private BuildStore(string shell, string? root, bool isInPlace = false)
    {
        Shell = shell;
        Root = root ?? Path.Combine(_place.Path, "root");
        var environment = new StoreEnvironment
        {
            StoreDirectory = isInPlace ? new($"{Root}/store") : StoreDirectory.Default,
            StateDirectory = $"{Root}/state",
            LogDirectory = $"{Root}/log",
        };
        Store = LocalStore.Open(
            new LocalStoreOptions(
                isInPlace
                    ? StoreLocation.System(environment)
                    : StoreLocation.Below(Root, environment)
            )
        );
    }

    /// <summary>A store whose files lie where its paths say, for builds without a sandbox.</summary>
    public static BuildStore OpenInPlaceOrSkip()
    {
        const string shell = "/bin/sh";
        Assert.SkipUnless(File.Exists(shell), $"no shell at {shell}");
        return new BuildStore(shell, root: null, isInPlace: true);
    }

    /// <summary>Skips the test with a reason where builds cannot run.</summary>
    public static BuildStore OpenOrSkip(RecordingEvents? events = null, string? root = null)
    {
        const string shell = "/bin/busybox";
        Assert.SkipUnless(
            File.Exists(shell),
            $"no static shell at {shell} (package busybox-static)"
        );
        Assert.SkipUnless(SandboxProbe.Works, SandboxProbe.Reason);
        return new BuildStore(shell, root) { Events = events ?? new RecordingEvents() };
    }

    public string Shell { get; }

    public string Root { get; }

    public string BuildDirectories => Path.Combine(Store.Location.StateDirectory, "builds");

    public LocalStore Store { get; }

    public RecordingEvents Events { get; init; } = new();

    /// <summary>Adds a derivation whose builder is a shell script.</summary>
    public StorePath Add(string name, string script, Func<Derivation, Derivation>? change = null)
    {
        var plain = new Derivation
        {
            Name = name,
            System = System,
            Builder = "/bin/sh",
            Arguments = ["-c", script],
            Outputs = SortedMap<ByteString, DerivationOutput>.From([
                new("out", new DerivationOutput.Deferred()),
            ]),
            Environment = Variables(("name", name), ("builder", "/bin/sh"), ("system", System)),
        };
        return Write(change is null ? plain : change(plain));
    }

    /// <summary>Adds a derivation that fetches a URL.</summary>
    public StorePath AddFetch(string name, string url, Hash hash, params (string, string)[] more) =>
        Write(
            new Derivation
            {
                Name = name,
                System = "builtin",
                Builder = "builtin:fetchurl",
                Outputs = FixedOutput(ContentAddressMethod.Flat, hash),
                Environment = Variables([("url", url), .. more]),
            }
        );

    public StorePath Write(Derivation derivation)
    {
        // As the evaluator does: paths are computed with empty variables in their place.
        var empty = derivation.Outputs.Keys.Select(name => new KeyValuePair<ByteString, ByteString>(
            name,
            ""
        ));
        var prepared = derivation with
        {
            Environment = SortedMap<ByteString, ByteString>.From([
                .. derivation.Environment,
                .. empty,
            ]),
        };
        return Store.AddDerivation(Store.Hasher.FillOutputPaths(prepared));
    }

    public static Func<Derivation, Derivation> Fixed(ContentAddressMethod method, Hash hash) =>
        derivation => derivation with { Outputs = FixedOutput(method, hash) };

    public static Func<Derivation, Derivation> Outputs(params string[] names) =>
        derivation =>
            derivation with
            {
                Outputs = SortedMap<ByteString, DerivationOutput>.From(
                    names.Select(name => new KeyValuePair<ByteString, DerivationOutput>(
                        name,
                        new DerivationOutput.Deferred()
                    ))
                ),
            };

    /// <summary>Makes other derivations' outputs inputs, each as the variable of its name.</summary>
    public Func<Derivation, Derivation> Needs(params StorePath[] inputs) =>
        derivation =>
            derivation with
            {
                InputDerivations = SortedMap<StorePath, ImmutableSortedSet<ByteString>>.From(
                    inputs.Select(input => new KeyValuePair<
                        StorePath,
                        ImmutableSortedSet<ByteString>
                    >(input, ["out"]))
                ),
                Environment = SortedMap<ByteString, ByteString>.From([
                    .. derivation.Environment,
                    .. inputs.Select(input => new KeyValuePair<ByteString, ByteString>(
                        input.DerivationName,
                        Store.Directory.Format(Output(input))
                    )),
                ]),
            };

    public static Func<Derivation, Derivation> With(params (string, string)[] variables) =>
        derivation =>
            derivation with
            {
                Environment = SortedMap<ByteString, ByteString>.From([
                    .. derivation.Environment,
                    .. Variables(variables),
                ]),
            };

    public StorePath Output(StorePath derivation, string name = "out") =>
        Store.ReadDerivation(derivation).OutputPath(Store.Paths, name);

    public string OutputText(StorePath derivation, string name = "out") =>
        File.ReadAllText(Store.RealPath(Output(derivation, name)));

    public BuildSettings Settings =>
        new()
        {
            NativeSystem = System,
            SandboxShell = Shell,
            LogDirectory = Store.Location.LogDirectory,
            Limits = new(BuildsMax: 2, FetchesMax: 8, KeepsGoing: false),
            CallerVariable = _ => null,
        };

    public LocalBuilder Builder(BuildSettings? settings = null) =>
        new(
            new BuilderParts(Store, settings ?? Settings)
            {
                Builtins = [new FetchUrlBuilder(_downloader)],
                Events = Events,
            }
        );

    public BuildReport Run(StorePath derivation, BuildSettings? settings = null) =>
        Run([derivation], settings);

    public BuildReport Run(
        IReadOnlyList<StorePath> derivations,
        BuildSettings? settings = null,
        BuildMode mode = BuildMode.Normal,
        CancellationToken? stop = null
    ) =>
        Builder(settings)
            .Run(
                [.. derivations.Select(path => new DerivedPath.Built(path, OutputNames: null))],
                mode,
                stop ?? TestContext.Current.CancellationToken
            );

    /// <summary>Builds one derivation that must succeed.</summary>
    public StorePath Build(StorePath derivation, BuildSettings? settings = null)
    {
        var result = Run(derivation, settings).Results.Single();
        Assert.True(result.IsSuccess, result.Message);
        return Output(derivation);
    }

    /// <summary>Builds one derivation that must fail.</summary>
    public BuildResult Fail(StorePath derivation, BuildSettings? settings = null)
    {
        var result = Run(derivation, settings).Results.Single();
        Assert.False(result.IsSuccess);
        return result;
    }

    /// <summary>Every valid path is what the database says, and nothing of builds is left in store or state.</summary>
    public void AssertClean()
    {
        foreach (var path in Store.QueryAllValid())
        {
            var info = Store.QueryInfo(path)!;
            Assert.Equal(info.NarHash, NarIdentity.OfPath(Store.RealPath(path)).Hash);
        }

        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries(Store.Location.RealDirectory),
            entry => entry.EndsWith(".chroot", StringComparison.Ordinal)
        );
        Assert.Empty(
            Directory.Exists(BuildDirectories)
                ? Directory.EnumerateFileSystemEntries(BuildDirectories)
                : []
        );
    }

    public void Dispose()
    {
        _downloader.Dispose();
        Store.Dispose();
        _place.Dispose();
    }

    private static SortedMap<ByteString, DerivationOutput> FixedOutput(
        ContentAddressMethod method,
        Hash hash
    ) =>
        SortedMap<ByteString, DerivationOutput>.From([
            new("out", new DerivationOutput.Fixed(new ContentAddress(method, hash))),
        ]);

    private static SortedMap<ByteString, ByteString> Variables(params (string, string)[] pairs) =>
        SortedMap<ByteString, ByteString>.From(
            pairs.Select(pair => new KeyValuePair<ByteString, ByteString>(pair.Item1, pair.Item2))
        );
}
