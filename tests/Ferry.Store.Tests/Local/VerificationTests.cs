using Ferry.Platform.Files;
using Ferry.Store.Local.Verification;

namespace Ferry.Store.Tests.Local;

public sealed class VerificationTests : IDisposable
{
    private readonly StoreFixture _fixture = new();
    private readonly List<string> _information = [];
    private readonly List<string> _errors = [];

    [Fact]
    public void A_sound_store_is_found_sound()
    {
        _fixture.AddTree(_fixture.MakeTree());

        Assert.True(Verify());
        Assert.Empty(_errors);
    }

    [Fact]
    public void A_changed_file_is_found()
    {
        var path = _fixture.Store.AddText("text", "before"u8, []);
        var file = _fixture.Store.RealPath(path);
        FileMetadata.ChangeMode(file, 0b110_110_110);
        File.WriteAllText(file, "after");

        Assert.False(Verify());
        Assert.Contains(
            "was modified! expected hash",
            Assert.Single(_errors),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_path_that_is_gone_is_taken_out_of_the_database_with_its_gone_referrers()
    {
        var text = _fixture.Store.AddText("text", "text"u8, []);
        var referrer = _fixture.Store.AddText("referrer", "referrer"u8, [text]);
        Trees.Remove(_fixture.Store.RealPath(text));
        Trees.Remove(_fixture.Store.RealPath(referrer));

        Assert.True(Verify());
        Assert.Empty(_fixture.Store.QueryAllValid());
    }

    [Fact]
    public void A_path_that_is_gone_but_needed_is_an_error()
    {
        var text = _fixture.Store.AddText("text", "text"u8, []);
        _ = _fixture.Store.AddText("referrer", "referrer"u8, [text]);
        Trees.Remove(_fixture.Store.RealPath(text));

        Assert.False(Verify());
        Assert.Contains("still has valid referrers", _errors[0], StringComparison.Ordinal);
        Assert.True(_fixture.Store.IsValid(text));
    }

    public void Dispose() => _fixture.Dispose();

    private bool Verify() =>
        new StoreVerifier(
            _fixture.Store,
            new VerificationReport(_information.Add, _errors.Add)
        ).Run(checksContents: true, TestContext.Current.CancellationToken);
}
