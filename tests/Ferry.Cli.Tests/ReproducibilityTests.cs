using System.Diagnostics;
using System.Text.Json;

namespace Ferry.Cli.Tests;

/// <summary>Two stores that know nothing of each other come to the same paths with the same bytes.</summary>
[Collection(nameof(StoreFixture))]
public sealed class ReproducibilityTests(StoreFixture store) : IDisposable
{
    private static readonly string[] s_packages =
    [
        .. from set in (string[])["riscv64", "aarch64-multiplatform"]
        from package in (string[])["hello", "zlib", "lua"]
        select $"packages#pkgsCross.{set}.{package}^*",
    ];

    private readonly string _second = Directory
        .CreateTempSubdirectory("ferry-second-store-")
        .FullName;

    public void Dispose()
    {
        // Directories of a store are read-only, which stops their owner too unless it is root.
        Wait("chmod", "--recursive", "u+w", _second);
        Wait("rm", "--recursive", _second);
    }

    [Fact]
    public void A_second_store_that_starts_empty_gets_the_same_paths_and_contents()
    {
        store.BuildEverything();
        FerryProgram.Run(["build", "--store", _second, "--no-link", .. s_packages]).Succeeded();
        var first = Contents(store.Root);
        Assert.True(first.Count > s_packages.Length, string.Join('\n', first.Keys));
        Assert.Equal(first, Contents(_second));
    }

    /// <returns>NAR hash by path: every output of the packages with all that it refers to.</returns>
    private static SortedDictionary<string, string?> Contents(string root)
    {
        var json = FerryProgram
            .Run([
                "path-info",
                "--store",
                root,
                "--recursive",
                "--json",
                "--json-format",
                "1",
                .. s_packages,
            ])
            .Succeeded()
            .Output;
        using var document = JsonDocument.Parse(json);
        return new(
            document
                .RootElement.EnumerateObject()
                .ToDictionary(
                    path => path.Name,
                    path => path.Value.GetProperty("narHash").GetString()
                ),
            StringComparer.Ordinal
        );
    }

    private static void Wait(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
