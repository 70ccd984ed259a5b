using System.Text;
using Ferry.Fetching.Downloads;

namespace Ferry.Fetching.Tests.Downloads;

public class NetrcTests
{
    private const string Text = """
        machine one login anna password secret
        machine two
          login bob
          account x
          password p4ss
        macdef init
        machine three login evil password evil

        default login guest password guest
        """;

    [Theory]
    [InlineData("one", "anna:secret")]
    [InlineData("two", "bob:p4ss")]
    [InlineData("three", "guest:guest")]
    public void A_host_has_its_entry_or_the_default(string host, string expected)
    {
        var header = Netrc.Parse(Text).For(host)!;
        Assert.Equal("Basic", header.Scheme);
        Assert.Equal(
            expected,
            Encoding.UTF8.GetString(Convert.FromBase64String(header.Parameter!))
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("login a password b")]
    [InlineData("machine")]
    public void A_file_without_the_host_gives_nothing(string text) =>
        Assert.Null(Netrc.Parse(text).For("one"));

    [Fact]
    public void A_password_is_sent_to_its_server_and_not_to_where_that_redirects()
    {
        using var place = new TemporaryDirectory();
        var netrc = Path.Combine(place.Path, "netrc");
        File.WriteAllText(netrc, "machine 127.0.0.1 login anna password secret");
        var seen = new List<string?>();
        using var server = new TestServer(
            (context, number) =>
            {
                seen.Add(context.Request.Headers["Authorization"]);
                if (number == 1)
                    context.Response.Redirect("/elsewhere");
                context.Response.Close();
            }
        );

        using var downloader = new Downloader(new DownloadSettings { NetrcFile = netrc });
        downloader.Download(
            new DownloadRequest(server.Address, new MemoryStream()),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(["Basic YW5uYTpzZWNyZXQ=", null], seen);
    }
}
