using System.Diagnostics;
using Ferry.Store.Local.Roots;

namespace Ferry.Store.Tests.Local;

public sealed class RootsTests : IDisposable
{
    private readonly StoreFixture _fixture = new();

    [Fact]
    public void A_result_is_a_root_for_as_long_as_it_points_into_the_store()
    {
        var path = _fixture.Store.AddText("text", "text"u8, []);
        var link = _fixture.Scratch.File("result");

        _fixture.Store.Roots.AddLink(link, path);

        Assert.Contains(new GarbageRoot(path, link), Find());
        File.Delete(link);
        Assert.DoesNotContain(new GarbageRoot(path, link), Find());
        Assert.Empty(
            Directory.GetFileSystemEntries($"{_fixture.Store.Location.StateDirectory}/gcroots/auto")
        );
    }

    [Fact]
    public void A_result_is_replaced_and_anything_else_is_not()
    {
        var first = _fixture.Store.AddText("first", "text"u8, []);
        var second = _fixture.Store.AddText("second", "text"u8, []);
        var link = _fixture.Scratch.File("result");
        _fixture.Store.Roots.AddLink(link, first);
        _fixture.Store.Roots.AddLink(link, second);
        var file = _fixture.Scratch.Write("file", "mine");

        var exception = Assert.Throws<StoreException>(() =>
            _fixture.Store.Roots.AddLink(file, first)
        );

        Assert.Equal(second, _fixture.Store.FollowLinks(link));
        Assert.Equal($"cannot create symlink '{file}'; already exists", exception.Message);
    }

    [Fact]
    public void What_this_process_added_is_a_temporary_root()
    {
        var path = _fixture.Store.AddText("text", "text"u8, []);

        Assert.Contains(new GarbageRoot(path, $"{{temp:{Environment.ProcessId}}}"), Find());
    }

    [Fact]
    public void Stocks_collector_keeps_what_a_running_Ferry_added_and_what_results_point_to()
    {
        StockNix.Require();
        using (var earlier = _fixture.Open())
            _ = earlier.AddText("kept-by-the-process", "text"u8, []);

        CollectByStock();
        Assert.Single(_fixture.Store.QueryAllValid());

        var kept = _fixture.Store.AddText("kept-by-a-result", "text"u8, []);
        _fixture.Store.Roots.AddLink(_fixture.Scratch.File("result"), kept);
        _ = _fixture.Store.AddText("garbage", "text"u8, []);
        _fixture.Store.Dispose();

        CollectByStock();
        _fixture.Reopen();
        Assert.Equal([kept], _fixture.Store.QueryAllValid());
        Assert.Equal(
            $"{_fixture.Scratch.File("result")} -> {_fixture.Store.Directory.Format(kept)}\n",
            StockNix.Run(
                "nix-store",
                "--store",
                _fixture.Root,
                "--query",
                "--roots",
                _fixture.Store.Directory.Format(kept)
            )
        );
    }

    [Fact]
    public void A_running_program_is_a_root()
    {
        var program = _fixture.Scratch.File("program");
        File.Copy("/bin/sleep", program);
        var path = _fixture.AddTree(program);
        using var process = Process.Start(
            new ProcessStartInfo(program, ["60"])
            {
                UseShellExecute = false,
                Environment = { ["USES"] = $"x={_fixture.Store.Directory.Format(path)}/y:z" },
            }
        )!;
        try
        {
            Assert.Contains(new GarbageRoot(path, $"/proc/{process.Id}/environ"), Find());
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    [Fact]
    public void A_link_outside_the_store_leads_nowhere()
    {
        File.CreateSymbolicLink(_fixture.Scratch.File("circle"), "circle");

        Assert.Throws<StoreException>(() => _fixture.Store.FollowLinks("/etc/passwd"));
        Assert.Throws<StoreException>(() =>
            _fixture.Store.FollowLinks(_fixture.Scratch.File("circle"))
        );
    }

    public void Dispose() => _fixture.Dispose();

    private void CollectByStock()
    {
        var (exitCode, _, errors) = StockNix.TryRun("nix-store", "--store", _fixture.Root, "--gc");
        // Stock gives up when any process of the machine stands in a directory too deep for a path.
        Assert.SkipWhen(
            errors.Contains("/cwd", StringComparison.Ordinal)
                || errors.Contains("reading symlink", StringComparison.Ordinal),
            errors
        );
        Assert.True(exitCode == 0, errors);
    }

    private IReadOnlyList<GarbageRoot> Find() => new RootFinder(_fixture.Store).Find();
}
