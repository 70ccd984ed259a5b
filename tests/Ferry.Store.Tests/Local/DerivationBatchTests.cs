using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;
using Ferry.Store.Closures;

namespace Ferry.Store.Tests.Local;

public sealed class DerivationBatchTests : IDisposable
{
    private readonly StoreFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Derivations_that_need_each_other_become_valid_together()
    {
        var batch = new DerivationBatch(() => _fixture.Store);
        var source = _fixture.AddTree(_fixture.MakeTree());
        var input = _fixture.Derivation("first", source);
        var first = batch.Add(input);
        _fixture.Store.Hasher.Remember(first, input);
        var second = batch.Add(Needing(first, "second"));

        Assert.True(batch.Contains(first));
        Assert.False(_fixture.Store.IsValid(first));
        batch.Flush();

        Assert.False(batch.Contains(first));
        Assert.Equal([source], _fixture.Store.RequireInfo(first).References);
        Assert.Equal([first], _fixture.Store.RequireInfo(second).References);
        Assert.Equal("second", _fixture.Store.ReadDerivation(second).Name);
        Assert.NotEmpty(_fixture.Store.QueryDerivationOutputs(second));
    }

    [Fact]
    public void More_than_fit_are_written_in_several_steps()
    {
        var batch = new DerivationBatch(() => _fixture.Store);
        var paths = Enumerable
            .Range(0, 600)
            .Select(number => batch.Add(_fixture.Derivation($"number-{number}")))
            .ToList();
        batch.Flush();
        Assert.All(paths, path => Assert.True(_fixture.Store.IsValid(path)));
    }

    [Fact]
    public void A_missing_source_leaves_nothing_of_the_batch()
    {
        var batch = new DerivationBatch(() => _fixture.Store);
        var missing = StorePath.Parse("00000000000000000000000000000000-missing");
        var good = batch.Add(_fixture.Derivation("good"));
        batch.Add(_fixture.Derivation("bad", missing));

        var failure = Assert.Throws<StoreException>(batch.Flush);

        Assert.Equal($"path '/nix/store/{missing}' is not valid", failure.Message);
        Assert.False(_fixture.Store.IsValid(good));
        Assert.False(File.Exists(_fixture.Store.RealPath(good)));
    }

    private Derivation Needing(StorePath input, string name) =>
        _fixture.Store.Hasher.FillOutputPaths(
            _fixture.Derivation(name) with
            {
                Outputs = SortedMap<ByteString, DerivationOutput>.From([
                    new("out", new DerivationOutput.Deferred()),
                ]),
                Environment = SortedMap<ByteString, ByteString>.From([]),
                InputDerivations = SortedMap<
                    StorePath,
                    System.Collections.Immutable.ImmutableSortedSet<ByteString>
                >.From([new(input, ["out"])]),
            }
        );
}
