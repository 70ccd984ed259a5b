namespace Ferry.Cli.Tests.Transcripts;

/// <summary>The commands of stock's that Ferry has, compared to the byte with what stock Nix 2.34.8 printed.</summary>
/// <remarks>
/// With FERRY_ACCEPT=1 and a stock Nix (FERRY_STOCK: the words that lead to it) the transcripts are written anew from what
/// that prints.
/// </remarks>
public sealed class TranscriptTests(TranscriptSites sites) : IClassFixture<TranscriptSites>
{
    public static TheoryData<string> Names => [.. Transcript.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Ferry_prints_what_stock_printed(string name) =>
        Assert.Equal(
            File.ReadAllText(Transcript.FileOf(name)),
            Transcript.Replay(name, sites.Ferry)
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void The_transcript_is_what_stock_prints(string name)
    {
        var prefix = Environment.GetEnvironmentVariable("FERRY_STOCK");
        Assert.SkipUnless(
            prefix is { Length: > 0 },
            "FERRY_STOCK does not say how to reach a stock Nix 2.34.8"
        );
        var printed = Transcript.Replay(name, sites.Stock(prefix!));
        if (Environment.GetEnvironmentVariable("FERRY_ACCEPT") == "1")
            File.WriteAllText(Transcript.FileOf(name), printed);
        Assert.Equal(File.ReadAllText(Transcript.FileOf(name)), printed);
    }
}

/// <summary>Each made when a test first asks for it, and shared by all.</summary>
public sealed class TranscriptSites : IDisposable
{
    private readonly Lazy<CommandSite> _ferry = new(CommandSite.OfFerry);
    private CommandSite? _stock;

    internal CommandSite Ferry => _ferry.Value;

    internal CommandSite Stock(string prefix) => _stock ??= CommandSite.OfStock(prefix);

    public void Dispose()
    {
        if (_ferry.IsValueCreated)
            _ferry.Value.Dispose();
        _stock?.Dispose();
    }
}
