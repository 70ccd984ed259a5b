using Ferry.Formats.Nar;
using Ferry.Formats.StorePaths;
using Ferry.Store.FileTrees;
using Ferry.Store.Local;
using Ferry.Store.Tests;

namespace Ferry.Build.Tests.Builds;

/// <summary>The same derivations built by stock Nix and by Ferry. Stock must see the temporary directory (TMPDIR).</summary>
public sealed class StockComparisonTests : IDisposable
{
    private readonly BuildStore _ours = BuildStore.OpenOrSkip();
    private readonly TemporaryDirectory _place = new();

    public void Dispose()
    {
        _ours.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void Paths_contents_references_and_sizes_equal_those_of_stock()
    {
        StockNix.Require("2.34");
        var root = Path.Combine(_place.Path, "stock");
        Directory.CreateDirectory(root);
        File.Copy(_ours.Shell, Path.Combine(_place.Path, "sh"));
        var expression = Path.Combine(_place.Path, "builds.nix");
        File.Copy(
            Path.Combine(AppContext.BaseDirectory, "Builds", "Stock", "builds.nix"),
            expression
        );

        string[] options =
        [
            "--store",
            root,
            "--option",
            "sandbox-fallback",
            "false",
            "--option",
            "build-users-group",
            "",
            "--option",
            "substitute",
            "false",
            "--option",
            "sandbox-paths",
            $"/bin/sh={_place.Path}/sh",
            "--option",
            "cores",
            "2",
            // As the builder of these tests has none.
            "--option",
            "system-features",
            "",
        ];
        var derivations = Lines(StockNix.Run(["nix-instantiate", .. options, expression]));
        StockNix.Run(["nix-build", .. options, "--no-out-link", expression]);

        using var theirs = LocalStore.Open(
            new LocalStoreOptions(StoreLocation.Below(root, new StoreEnvironment()))
        );
        foreach (var text in derivations)
            Compare(theirs, StorePath.Parse(Path.GetFileName(text.Split('!')[0])));

        StockNix.Run("nix-store", "--store", _ours.Root, "--verify", "--check-contents");
    }

    private void Compare(LocalStore theirs, StorePath derivation)
    {
        Copy(theirs, derivation);
        var report = _ours.Run(derivation, _ours.Settings with { Cores = 2 });
        Assert.True(
            report.Results[0].IsSuccess,
            string.Join('\n', _ours.Events.Failures.Select(failure => failure.Failure.Message))
        );
        foreach (var path in theirs.QueryDerivationOutputs(derivation).Values)
        {
            var (expected, actual) = (theirs.QueryInfo(path!)!, _ours.Store.QueryInfo(path!)!);
            if (expected.NarHash != actual.NarHash)
                Assert.Fail(Difference(theirs, path!));
            Assert.Equal(expected.NarSize, actual.NarSize);
            Assert.Equal(expected.References, actual.References);
            Assert.Equal(expected.Deriver, actual.Deriver);
            Assert.Equal(expected.ContentAddress, actual.ContentAddress);
        }
    }

    private string Difference(LocalStore theirs, StorePath path)
    {
        using var program = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(
                "diff",
                ["-r", theirs.RealPath(path), _ours.Store.RealPath(path)]
            )
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        return $"'{path}' differs:\n{program.StandardOutput.ReadToEnd()}";
    }

    private void Copy(LocalStore theirs, StorePath derivation)
    {
        var read = theirs.ReadDerivation(derivation);
        foreach (var input in read.InputDerivations.Keys)
            Copy(theirs, input);
        foreach (var source in read.InputSources)
            CopySource(theirs, source);
        Assert.Equal(derivation, _ours.Store.AddDerivation(read));
    }

    private void CopySource(LocalStore theirs, StorePath path)
    {
        var nar = new MemoryStream();
        var writer = new NarWriter(nar);
        FileTreeReader.Read(theirs.RealPath(path), writer);
        writer.Complete();
        nar.Position = 0;
        _ours.Store.AddNar(theirs.QueryInfo(path)!, nar);
    }

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
