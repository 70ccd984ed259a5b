using System.Diagnostics;
using Ferry.Formats.StorePaths;
using Ferry.Store.Building;
using Ferry.Store.FileTrees;
using Ferry.Store.Local;

namespace Ferry.Build.Tests.Builds;

public sealed class KillTests
{
    private const string RootVariable = "FERRY_TEST_KILL_ROOT";
    private const string TargetVariable = "FERRY_TEST_KILL_TARGET";
    private const string Beginning = "building begins";
    private const int Kills = 20;

    // The same instants in every run; tools/kill-test.sh does it to whole packages.
    private const int Seed = 20;
    private const int ChainLength = 12;

    [Fact]
    public void Killed_at_twenty_random_instants_the_store_verifies_and_the_build_completes()
    {
        using var store = BuildStore.OpenOrSkip();
        var marker = $"{Random.Shared.Next(1000, 9999)}";
        var top = AddChain(store, marker);

        var random = new Random(Seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var child = StartChild(store, top);
            while (child.StandardOutput.ReadLine() is { } line && !line.Contains(Beginning)) { }
            Thread.Sleep(random.Next(0, 1200));
            child.Kill();
            child.WaitForExit();

            AssertNoBuilderLives(marker);
            AssertVerifies(store);
        }

        Assert.True(store.Run(top).Results.Single().IsSuccess);
        AssertVerifies(store);
        store.AssertClean();
    }

    /// <summary>Not a test: the program that the test above kills.</summary>
    [Fact(Explicit = true)]
    public void The_child_builds_what_its_environment_names()
    {
        var root = Environment.GetEnvironmentVariable(RootVariable)!;
        using var store = LocalStore.Open(
            new LocalStoreOptions(StoreLocation.Below(root, new StoreEnvironment()))
        );
        var target = StorePath.Parse(Environment.GetEnvironmentVariable(TargetVariable)!);
        var settings = new BuildSettings
        {
            NativeSystem = BuildStore.System,
            SandboxShell = "/bin/busybox",
            Limits = new(2, 2, KeepsGoing: false),
            LogDirectory = store.Location.LogDirectory,
        };
        using var output = Console.OpenStandardOutput();
        output.Write(System.Text.Encoding.ASCII.GetBytes(Beginning + "\n"));
        new LocalBuilder(new BuilderParts(store, settings)).Build(
            [new DerivedPath.Built(target, OutputNames: null)],
            BuildMode.Normal,
            TestContext.Current.CancellationToken
        );
    }

    private static StorePath AddChain(BuildStore store, string marker)
    {
        StorePath? last = null;
        for (var number = 0; number < ChainLength; number++)
        {
            var script =
                $"mkdir -p $out/a $lib; for i in 1 2 3 4 5 6 7 8; do echo $i $lib > $out/a/$i; done; "
                + $"sleep 0.1{marker}; echo $out > $out/self; echo x > $lib/x";
            var needs = last is null ? store.Needs() : store.Needs(last);
            last = store.Add(
                $"link{number}",
                script,
                plain => BuildStore.Outputs("out", "lib")(needs(plain))
            );
        }

        return last!;
    }

    private static Process StartChild(BuildStore store, StorePath top)
    {
        var program = typeof(KillTests).Assembly.Location;
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [
                .. Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
                    ? [program]
                    : Array.Empty<string>(),
                "-explicit",
                "only",
                "-method",
                $"{typeof(KillTests).FullName}.{nameof(The_child_builds_what_its_environment_names)}",
            ]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        // Its sockets for debuggers would outlive it.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment[RootVariable] = store.Root;
        start.Environment[TargetVariable] = top.ToString();
        return Process.Start(start)!;
    }

    private static void AssertVerifies(BuildStore store)
    {
        foreach (var path in store.Store.QueryAllValid())
        {
            var info = store.Store.QueryInfo(path)!;
            Assert.Equal(info.NarHash, NarIdentity.OfPath(store.Store.RealPath(path)).Hash);
            Assert.All(info.References, reference => Assert.True(store.Store.IsValid(reference)));
        }
    }

    // The kernel needs a moment to take a whole tree down.
    private static void AssertNoBuilderLives(string marker)
    {
        var limit = Stopwatch.StartNew();
        while (LimitTests.ProcessesWith($"0.1{marker}").Any())
        {
            Assert.True(limit.Elapsed < TimeSpan.FromSeconds(10), "a builder outlived its program");
            Thread.Sleep(20);
        }
    }
}
