using Ferry.Store.Local.Locks;

namespace Ferry.Store.Tests.Local;

public sealed class PathLockTests : IDisposable
{
    private readonly StoreFixture _fixture = new();

    [Fact]
    public void A_lock_excludes_others_until_it_is_released()
    {
        var path = _fixture.Scratch.File("object");
        var held = PathLocks.Acquire([path]);

        Assert.Null(PathLocks.TryAcquire([path]));
        held.Dispose();
        using var next = PathLocks.TryAcquire([path]);
        Assert.NotNull(next);
    }

    [Fact]
    public void Who_waited_for_a_lock_file_that_was_removed_gets_a_new_one()
    {
        var path = _fixture.Scratch.File("object");
        var held = PathLocks.Acquire([path]);
        held.RemovesFiles = true;
        using var isWaiting = new ManualResetEventSlim();
        PathLocks? second = null;
        var waiter = new Thread(() => second = PathLocks.Acquire([path], _ => isWaiting.Set()));
        waiter.Start();
        isWaiting.Wait(TestContext.Current.CancellationToken);

        held.Dispose();
        waiter.Join();

        Assert.True(File.Exists($"{path}.lock"));
        Assert.Null(PathLocks.TryAcquire([path]));
        second!.Dispose();
    }

    [Fact]
    public void Several_paths_are_locked_or_none()
    {
        var (first, second) = (_fixture.Scratch.File("a"), _fixture.Scratch.File("b"));
        using (PathLocks.Acquire([second]))
            Assert.Null(PathLocks.TryAcquire([second, first]));

        using var both = PathLocks.TryAcquire([first]);
        Assert.NotNull(both);
    }

    [Fact]
    public void Stock_waits_for_a_path_that_Ferry_holds()
    {
        StockNix.Require();
        var source = _fixture.MakeTree();
        var path = _fixture.AddTree(source);
        _fixture.Store.Invalidate(path);
        string? added = null;
        Thread stock;
        using (var held = PathLocks.Acquire([_fixture.Store.RealPath(path)]))
        {
            stock = new Thread(() =>
                added = StockNix.Run("nix-store", "--store", _fixture.Root, "--add", source)
            );
            stock.Start();
            // Long enough for stock to have come to the lock; were it not to wait, the path would be valid by then.
            Thread.Sleep(2000);
            Assert.False(_fixture.Store.IsValid(path));
            held.RemovesFiles = true;
        }
        stock.Join();

        Assert.Equal(_fixture.Store.Directory.Format(path), added?.Trim());
        Assert.True(_fixture.Store.IsValid(path));
    }

    public void Dispose() => _fixture.Dispose();
}
