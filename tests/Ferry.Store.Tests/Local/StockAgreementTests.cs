using Ferry.Formats.StorePaths;
using Ferry.Store.Closures;
using Ferry.Store.FileTrees;

namespace Ferry.Store.Tests.Local;

public sealed class StockAgreementTests : IDisposable
{
    private readonly StoreFixture _fixture = new();

    [Fact]
    public void A_store_that_Ferry_filled_passes_stocks_verification()
    {
        StockNix.Require();
        _ = Fill();
        _fixture.Store.Dispose();

        StockNix.Run("nix-store", "--store", _fixture.Root, "--verify", "--check-contents");

        _fixture.Reopen();
        Assert.Equal(6, _fixture.Store.QueryAllValid().Count);
    }

    [Fact]
    public void Stock_answers_queries_on_it_as_Ferry_does()
    {
        StockNix.Require("2.26");
        var paths = Fill();
        var store = _fixture.Store;

        foreach (var path in paths)
        {
            var info = store.RequireInfo(path);
            Assert.Equal(
                Lines(store.SortTopologically(info.References).AsEnumerable().Reverse()),
                Query("--references", path)
            );
            Assert.Equal($"{info.NarHash.ToNix32WithKind()}\n", Query("--hash", path));
            Assert.Equal($"{info.NarSize}\n", Query("--size", path));
            Assert.Equal(Closure(path, ClosureOptions.References), Query("--requisites", path));
            Assert.Equal(
                Closure(path, ClosureOptions.Referrers),
                Query("--referrers-closure", path)
            );
            Assert.Equal(Print(printer => printer.Tree(path)), Query("--tree", path));
            Assert.Equal(Print(printer => printer.Dot([path])), Query("--graph", path));
            Assert.Equal(Print(printer => printer.GraphMl([path])), Query("--graphml", path));
        }
    }

    [Fact]
    public void Stock_knows_the_outputs_and_derivers_of_derivations_that_Ferry_added()
    {
        StockNix.Require("2.26");
        var drv = Fill().Last(path => path.IsDerivation);
        var outputs = _fixture.Store.QueryDerivationOutputs(drv);

        Assert.Equal(Lines(outputs.Values.OfType<StorePath>().Order()), Query("--outputs", drv));
        Assert.Equal(Lines([drv]), Query("--valid-derivers", outputs["dev"]!));
    }

    [Fact]
    public void Ferry_reads_a_store_that_stock_filled()
    {
        StockNix.Require();
        var tree = _fixture.MakeTree();
        _fixture.Store.Dispose();
        var added = StockNix.Run("nix-store", "--store", _fixture.Root, "--add", tree).Trim();
        _fixture.Reopen();

        var path = _fixture.Store.Directory.Parse(added);
        var byStock = _fixture.Store.RequireInfo(path);

        Assert.Equal(path, _fixture.AddTree(tree));
        Assert.Equal(NarIdentity.OfPath(tree).Hash, byStock.NarHash);
    }

    public void Dispose() => _fixture.Dispose();

    private List<StorePath> Fill()
    {
        var store = _fixture.Store;
        var tree = _fixture.AddTree(_fixture.MakeTree());
        var text = store.AddText("text.txt", "plain"u8, []);
        var referring = store.AddText(
            "referring",
            System.Text.Encoding.UTF8.GetBytes(store.Directory.Format(text)),
            [text]
        );
        var treeReferring = _fixture.AddTree(_fixture.MakeTree("second"), tree, referring);
        var first = store.AddDerivation(_fixture.Derivation("first", tree));
        var second = store.AddDerivation(_fixture.Derivation("second", treeReferring, first));
        return [tree, text, referring, treeReferring, first, second];
    }

    private string Query(string query, StorePath path) =>
        StockNix.Run(
            "nix-store",
            "--store",
            _fixture.Root,
            "--query",
            query,
            _fixture.Store.Directory.Format(path)
        );

    private string Closure(StorePath path, ClosureOptions options) =>
        Lines(
            _fixture
                .Store.SortTopologically(_fixture.Store.Closure([path], options))
                .AsEnumerable()
                .Reverse()
        );

    private string Lines(IEnumerable<StorePath> paths) =>
        string.Concat(paths.Select(path => $"{_fixture.Store.Directory.Format(path)}\n"));

    private string Print(Action<ReferencePrinter> print)
    {
        var output = new StringWriter();
        print(new ReferencePrinter(_fixture.Store, output));
        return output.ToString();
    }
}
