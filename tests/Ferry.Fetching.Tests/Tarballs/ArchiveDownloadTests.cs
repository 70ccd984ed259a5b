using System.Formats.Tar;
using System.Net;
using System.Text;
using Ferry.Fetching.Tests.Downloads;

namespace Ferry.Fetching.Tests.Tarballs;

public sealed class ArchiveDownloadTests : IDisposable
{
    private readonly FetchFixture _fetching = new();

    public void Dispose() => _fetching.Dispose();

    [Fact]
    public void An_archive_is_asked_for_again_after_its_time_and_not_sent_when_it_is_the_same()
    {
        var (sent, unchanged) = (0, 0);
        using var server = new TestServer(
            (context, _) =>
            {
                if (context.Request.Headers["If-None-Match"] == "\"v1\"")
                {
                    Interlocked.Increment(ref unchanged);
                    TestServer.Refuse(context, 304);
                    return;
                }

                Interlocked.Increment(ref sent);
                context.Response.Headers["ETag"] = "\"v1\"";
                TestServer.Send(context, Tar("hello"));
            }
        );
        var url = $"tarball+{server.Address}a.tar";
        var first = _fetching.Fetch(url);
        _fetching.Fetch(url);
        Assert.Equal((1, 0), (sent, unchanged));
        _fetching.Clock.Advance(TimeSpan.FromHours(2));
        var later = _fetching.Fetch(url);
        Assert.Equal((1, 1), (sent, unchanged));
        Assert.Equal(first.Input, later.Input);
        Assert.Equal("/\n/file hello", FetchFixture.Show(later.Tree));
    }

    [Fact]
    public void A_server_that_is_gone_leaves_what_is_cached()
    {
        string url;
        using (var server = new TestServer((context, _) => TestServer.Send(context, Tar("hello"))))
        {
            url = $"tarball+{server.Address}a.tar";
            _fetching.Fetch(url);
        }

        _fetching.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("/\n/file hello", FetchFixture.Show(_fetching.Fetch(url).Tree));
        Assert.Contains(_fetching.Warnings, warning => warning.EndsWith("using cached version"));
    }

    [Fact]
    public void A_cache_that_somebody_emptied_is_filled_again()
    {
        using var server = new TestServer((context, _) => TestServer.Send(context, Tar("hello")));
        var url = $"tarball+{server.Address}a.tar";
        _fetching.Fetch(url);
        Directory.Delete(Path.Combine(_fetching.Settings.CacheFolder, "ferry-trees"), true);
        Assert.Equal("/\n/file hello", FetchFixture.Show(_fetching.Fetch(url).Tree));
    }

    [Fact]
    public void A_link_to_an_immutable_url_is_what_is_locked()
    {
        using var server = new TestServer(
            (context, _) =>
            {
                context.Response.Headers["Link"] =
                    $"<{context.Request.Url!.GetLeftPart(UriPartial.Authority)}/v1.tar?rev=0123456789012345678901234567890123456789&revCount=7>; rel=\"immutable\"";
                TestServer.Send(context, Tar("hello"));
            }
        );
        var input = _fetching.Fetch($"tarball+{server.Address}latest.tar").Input;
        Assert.Equal($"{server.Address}v1.tar", input.Attributes.Text("url"));
        Assert.Equal(7UL, input.RevisionCount);
    }

    [Fact]
    public void A_redirection_is_followed_and_both_urls_are_known_afterwards()
    {
        using var server = new TestServer(
            (context, _) =>
            {
                if (context.Request.Url!.AbsolutePath != "/from.tar")
                {
                    TestServer.Send(context, Tar("hello"));
                    return;
                }

                context.Response.Redirect("/to.tar");
                context.Response.StatusCode = (int)HttpStatusCode.Found;
                context.Response.Close();
            }
        );
        _fetching.Fetch($"tarball+{server.Address}from.tar");
        var before = server.Requests;
        _fetching.Fetch($"tarball+{server.Address}to.tar");
        Assert.Equal(before, server.Requests);
    }

    [Fact]
    public void Fetchers_that_share_a_cache_do_not_disturb_each_other()
    {
        using var server = new TestServer((context, _) => TestServer.Send(context, Tar("hello")));
        var trees = new string[8];
        Parallel.For(
            0,
            trees.Length,
            index =>
                trees[index] = FetchFixture.Show(
                    _fetching.Fetch($"tarball+{server.Address}{index % 2}.tar").Tree
                )
        );
        Assert.All(trees, tree => Assert.Equal("/\n/file hello", tree));
    }

    [Theory]
    [InlineData("none.tar", "does not exist")]
    [InlineData("", "is a directory, not a file")]
    public void A_wrong_file_url_says_what_is_wrong(string name, string reason)
    {
        var failure = Assert.Throws<FetchException>(() =>
            _fetching.Fetch($"tarball+file://{_fetching.Folder}/{name}")
        );
        Assert.Contains(reason, failure.Message);
        Assert.Contains("while fetching the input", failure.Traces[0]);
    }

    private static byte[] Tar(string contents)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
            writer.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, "top/file")
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(contents)),
                    ModificationTime = DateTimeOffset.FromUnixTimeSeconds(1000),
                }
            );
        return bytes.ToArray();
    }
}
