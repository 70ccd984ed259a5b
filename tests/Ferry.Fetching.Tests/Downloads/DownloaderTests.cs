using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Ferry.Fetching.Downloads;

namespace Ferry.Fetching.Tests.Downloads;

public class DownloaderTests
{
    private static readonly DownloadSettings s_quick = new()
    {
        RetryPause = TimeSpan.FromMilliseconds(1),
        BusyPause = TimeSpan.FromMilliseconds(1),
    };

    private static readonly byte[] s_body = RandomNumberGenerator.GetBytes(500_000);

    private readonly ConcurrentQueue<string> _warnings = [];
    private readonly ConcurrentQueue<(long Received, long? Expected)> _progress = [];

    [Fact]
    public void A_file_comes_whole_and_its_progress_is_told()
    {
        using var server = new TestServer((context, _) => TestServer.Send(context, s_body));

        Assert.Equal(s_body, Fetch(server.Address + "a"));
        Assert.Equal((s_body.Length, s_body.Length), _progress.Last());
    }

    [Fact]
    public void Redirects_are_followed()
    {
        using var server = new TestServer(
            (context, _) =>
            {
                if (context.Request.Url!.AbsolutePath == "/b")
                    TestServer.Send(context, s_body);
                else
                    context.Response.Redirect("/b");
                context.Response.Close();
            }
        );

        Assert.Equal(s_body, Fetch(server.Address + "a"));
    }

    [Fact]
    public void A_broken_transfer_goes_on_where_it_ended()
    {
        var ranges = new ConcurrentQueue<string?>();
        using var server = new TestServer(
            (context, number) =>
            {
                ranges.Enqueue(context.Request.Headers["Range"]);
                context.Response.AddHeader("ETag", "\"one\"");
                if (number == 1)
                    BreakAfter(context, 200_000);
                else
                    SendRest(context);
            }
        );

        Assert.Equal(s_body, Fetch(server.Address + "a"));
        Assert.Null(ranges.First());
        Assert.StartsWith("bytes=", ranges.Last());
        Assert.Contains("retrying from offset", _warnings.Single());
    }

    [Fact]
    public void A_file_that_changed_between_two_tries_is_fetched_from_its_start()
    {
        using var server = new TestServer(
            (context, number) =>
            {
                context.Response.AddHeader("ETag", number == 1 ? "\"one\"" : "\"two\"");
                if (number == 1)
                    BreakAfter(context, 200_000);
                else
                    TestServer.Send(context, s_body[..1000]);
            }
        );

        Assert.Equal(s_body[..1000], Fetch(server.Address + "a"));
    }

    [Theory]
    [InlineData(404, 1)]
    [InlineData(403, 1)]
    [InlineData(500, 5)]
    [InlineData(501, 1)]
    [InlineData(429, 5)]
    public void Another_try_is_made_only_where_it_may_help(int status, int tries)
    {
        using var server = new TestServer((context, _) => TestServer.Refuse(context, status));

        var failure = Assert.Throws<DownloadException>(() => Fetch(server.Address + "a"));
        Assert.Equal(
            $"unable to download '{server.Address}a': HTTP error {status}",
            failure.Message
        );
        Assert.Equal(tries, server.Requests);
    }

    [Fact]
    public void A_server_that_says_nothing_is_given_up()
    {
        using var server = new TestServer((_, _) => { });
        var settings = s_quick with
        {
            Attempts = 1,
            ConnectTimeout = TimeSpan.FromMilliseconds(200),
            StallTimeout = TimeSpan.FromMilliseconds(200),
        };

        var failure = Assert.Throws<DownloadException>(() => Fetch(server.Address, settings));
        Assert.Contains("Timeout was reached", failure.Message);
    }

    [Fact]
    public void A_download_stops_at_once_when_asked_to()
    {
        using var server = new TestServer((_, _) => { });
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        using var downloader = new Downloader(s_quick);

        Assert.ThrowsAny<OperationCanceledException>(() =>
            downloader.Download(Request(server.Address, new MemoryStream()), stop.Token)
        );
    }

    [Fact]
    public void A_file_url_is_read_and_a_missing_one_is_named_as_stock_does()
    {
        using var place = new TemporaryDirectory();
        var path = Path.Combine(place.Path, "with space");
        File.WriteAllBytes(path, s_body);

        Assert.Equal(s_body, Fetch(new Uri(path).AbsoluteUri));
        var failure = Assert.Throws<DownloadException>(() => Fetch($"file://{place.Path}/no"));
        Assert.Equal(
            $"unable to download 'file://{place.Path}/no': "
                + $"Could not read a file:// file (37) Could not open file {place.Path}/no",
            failure.Message
        );
    }

    [Fact]
    public void A_url_of_an_unknown_kind_is_refused() =>
        Assert.Contains(
            "Protocol \"gopher\" not supported",
            Assert.Throws<DownloadException>(() => Fetch("gopher://x/y")).Message
        );

    private byte[] Fetch(string url, DownloadSettings? settings = null)
    {
        using var downloader = new Downloader(settings ?? s_quick);
        var target = new MemoryStream();
        downloader.Download(Request(url, target), TestContext.Current.CancellationToken);
        return target.ToArray();
    }

    private DownloadRequest Request(string url, Stream target) =>
        new(url, target)
        {
            Progress = (received, expected) => _progress.Enqueue((received, expected)),
            Retrying = _warnings.Enqueue,
        };

    private static void BreakAfter(HttpListenerContext context, int count)
    {
        context.Response.ContentLength64 = s_body.Length;
        context.Response.OutputStream.Write(s_body, 0, count);
        context.Response.OutputStream.Flush();
        // Let the bytes arrive before the connection breaks, or the client drops them.
        Thread.Sleep(200);
        context.Response.Abort();
    }

    private static void SendRest(HttpListenerContext context)
    {
        var from = int.Parse(context.Request.Headers["Range"]!["bytes=".Length..^1]);
        context.Response.StatusCode = (int)HttpStatusCode.PartialContent;
        context.Response.AddHeader(
            "Content-Range",
            $"bytes {from}-{s_body.Length - 1}/{s_body.Length}"
        );
        TestServer.Send(context, s_body[from..]);
    }
}
