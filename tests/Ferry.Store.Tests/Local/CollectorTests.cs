using Ferry.Formats.StorePaths;
using Ferry.Store.Local;
using Ferry.Store.Local.Collection;

namespace Ferry.Store.Tests.Local;

public sealed class CollectorTests : IDisposable
{
    private readonly StoreFixture _fixture = new();
    private readonly List<string> _told = [];

    public void Dispose() => _fixture.Dispose();

    private LocalStore Store => _fixture.Store;

    private CollectionOptions Options => new() { Tell = _told.Add };

    // What this process has added is a temporary root of its own until its store is closed.
    private StorePath AddAndForget(string name, params StorePath[] references)
    {
        using var other = _fixture.Open();
        return other.AddText(name, "text"u8, references);
    }

    private CollectionResult Collect(CollectionOptions? options = null)
    {
        _fixture.Reopen();
        return new GarbageCollector(Store, options ?? Options).Collect();
    }

    [Fact]
    public void What_a_root_needs_stays_and_the_rest_goes()
    {
        var needed = AddAndForget("needed");
        var kept = AddAndForget("kept", needed);
        var garbage = AddAndForget("garbage", needed);
        Store.Roots.AddLink(_fixture.Scratch.File("result"), kept);

        var result = Collect();

        Assert.Equal(1, result.Deleted);
        Assert.Equal([kept, needed], Store.QueryAllValid().OrderBy(path => path.Name));
        Assert.False(File.Exists(Store.RealPath(garbage)));
        Assert.Contains($"deleting '{Store.Directory.Format(garbage)}'", _told);
    }

    [Fact]
    public void What_is_not_valid_is_deleted_unless_its_owner_lives()
    {
        using var owner = _fixture.Open();
        var reserved = StorePath.Parse($"{new string('a', 32)}-reserved");
        owner.AddTemporaryRoot(reserved);
        foreach (
            var name in (string[])
                [$"{reserved}", $"{reserved}.lock", $"{new string('b', 32)}-left", "stray"]
        )
            File.WriteAllText($"{Store.Location.RealDirectory}/{name}", "");

        var result = new GarbageCollector(Store, Options).Collect();

        Assert.Equal(2, result.Deleted);
        Assert.True(File.Exists(Store.RealPath(reserved)));
        Assert.True(File.Exists(Store.RealPath(reserved) + ".lock"));
    }

    [Fact]
    public void Derivations_and_outputs_keep_each_other_as_told()
    {
        var derivation = _fixture.Derivation("package");
        StorePath path,
            output;
        using (var other = _fixture.Open())
        {
            path = other.AddDerivation(derivation);
            output = derivation.OutputPath(other.Paths, "out");
            File.WriteAllText(other.RealPath(output), "");
            Ferry.Store.FileTrees.CanonicalMetadata.Apply(other.RealPath(output));
            other.Register([
                new PathInfo(
                    output,
                    Ferry.Store.FileTrees.NarIdentity.OfPath(other.RealPath(output)).Hash,
                    0
                )
                {
                    Deriver = path,
                },
            ]);
        }

        var link = _fixture.Scratch.File("result");
        Store.Roots.AddLink(link, output);
        _fixture.Reopen();
        var keeping = new GarbageCollector(Store, Options).Examine();
        var forgetting = new GarbageCollector(
            Store,
            Options with
            {
                KeepsDerivations = false,
            }
        ).Examine();
        Assert.Equal((2, 0), (keeping.Live.Count, keeping.Dead.Count));
        Assert.Equal([path], forgetting.Dead);

        File.Delete(link);
        Store.Roots.AddLink(link, path);
        _fixture.Reopen();
        Assert.Equal([output], new GarbageCollector(Store, Options).Examine().Dead);
        Assert.Empty(
            new GarbageCollector(Store, Options with { KeepsOutputs = true }).Examine().Dead
        );
    }

    [Fact]
    public void A_limit_ends_the_deletion_after_the_path_that_exceeds_it()
    {
        _ = AddAndForget("first");
        _ = AddAndForget("second");

        Assert.Equal(0, Collect(Options with { FreedBytesMax = 0 }).Deleted);
        Assert.Equal(1, Collect(Options with { FreedBytesMax = 1 }).Deleted);
        Assert.Contains("deleted more than 1 bytes; stopping", _told);
    }

    [Fact]
    public void One_path_is_deleted_only_when_nothing_keeps_it_or_refers_to_it()
    {
        var needed = AddAndForget("needed");
        var user = AddAndForget("user", needed);
        _fixture.Reopen();

        Assert.Throws<CollectionRefusedException>(() =>
            new GarbageCollector(Store, Options).Delete([needed])
        );
        Assert.Equal(2, new GarbageCollector(Store, Options).Delete([needed, user]).Deleted);
        Assert.Empty(Store.QueryAllValid());
    }

    [Fact]
    public void A_root_is_ignored_when_told_and_a_referrer_never()
    {
        var needed = AddAndForget("needed");
        var user = AddAndForget("user", needed);
        Store.Roots.AddLink(_fixture.Scratch.File("result"), user);
        _fixture.Reopen();
        var options = Options with { IgnoresRoots = true };

        Assert.Throws<CollectionRefusedException>(() =>
            new GarbageCollector(Store, options).Delete([needed])
        );
        Assert.Equal(1, new GarbageCollector(Store, options).Delete([user]).Deleted);
    }

    [Fact]
    public async Task Whoever_adds_paths_while_a_collector_runs_keeps_them()
    {
        const int rounds = 40;
        for (var number = 0; number < 60; number++)
            _ = AddAndForget($"old-{number}");
        _fixture.Reopen();
        using var adder = _fixture.Open();
        var adding = Task.Run(() =>
        {
            var paths = new List<StorePath>();
            for (var number = 0; number < rounds; number++)
            {
                // Paths that are garbage at this moment become needed again.
                var old = adder.AddText($"old-{number}", "text"u8, []);
                paths.Add(old);
                paths.Add(adder.AddText($"new-{number}", "text"u8, [old]));
            }

            return paths;
        });
        for (var run = 0; run < 5; run++)
            _ = new GarbageCollector(Store, Options).Collect();

        foreach (var path in await adding)
        {
            Assert.True(adder.IsValid(path));
            Assert.True(File.Exists(adder.RealPath(path)), $"{path}");
        }
    }

    [Fact]
    public void Names_of_files_that_nobody_shares_any_more_go()
    {
        var links = $"{Store.Location.RealDirectory}/.links";
        var path = AddAndForget("shared");
        Platform.Files.HardLink.TryCreate(Store.RealPath(path), $"{links}/shared");
        File.WriteAllText($"{links}/alone", "alone");

        _ = Collect();

        Assert.Empty(Directory.GetFiles(links));
    }

    [Fact]
    public void Stock_finds_the_store_in_order_after_a_collection()
    {
        StockNix.Require();
        var kept = AddAndForget("kept");
        Store.Roots.AddLink(_fixture.Scratch.File("result"), kept);
        _ = AddAndForget("garbage", kept);
        _ = Collect();
        _fixture.Store.Dispose();

        _ = StockNix.Run("nix-store", "--store", _fixture.Root, "--verify", "--check-contents");
        Assert.Equal(
            "",
            StockNix.Run("nix-store", "--store", _fixture.Root, "--gc", "--print-dead")
        );
        _fixture.Reopen();
    }
}
