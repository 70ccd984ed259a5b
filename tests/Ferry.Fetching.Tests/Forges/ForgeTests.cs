using Ferry.Fetching.Forges;
using Ferry.Fetching.Inputs;
using Ferry.Formats.Urls;

namespace Ferry.Fetching.Tests.Forges;

public sealed class ForgeTests : IDisposable
{
    private const string Revision = "0123456789012345678901234567890123456789";

    private readonly FetchFixture _fetching = new();

    public void Dispose() => _fetching.Dispose();

    [Theory]
    [InlineData("github:o/r", false, $"https://github.com/o/r/archive/{Revision}.tar.gz")]
    [InlineData("github:o/r", true, $"https://api.github.com/repos/o/r/tarball/{Revision}")]
    [InlineData(
        "github:o/r?host=git.example.org",
        false,
        $"https://git.example.org/api/v3/repos/o/r/tarball/{Revision}"
    )]
    [InlineData(
        "gitlab:o/r",
        false,
        $"https://gitlab.com/api/v4/projects/o%2Fr/repository/archive.tar.gz?sha={Revision}"
    )]
    [InlineData(
        "gitlab:o%2Fgroup/r?host=gitlab.example.org",
        false,
        $"https://gitlab.example.org/api/v4/projects/o/group%2Fr/repository/archive.tar.gz?sha={Revision}"
    )]
    [InlineData("sourcehut:~o/r", false, $"https://git.sr.ht/~o/r/archive/{Revision}.tar.gz")]
    public void Archives_are_where_the_forges_have_them(
        string reference,
        bool isAuthorized,
        string url
    )
    {
        var (scheme, input) = Parse(reference);
        Assert.Equal(url, scheme.ArchiveUrl(scheme.PlaceOf(input), Revision, isAuthorized));
    }

    [Theory]
    [InlineData("github.com", "https://api.github.com/repos/o/r/commits/main")]
    [InlineData("example.org", "https://example.org/api/v3/repos/o/r/commits/main")]
    public void Commits_are_asked_for_at_the_interface_of_the_host(string host, string url) =>
        Assert.Equal(url, GitHubScheme.CommitUrl(new(host, "o", "r"), "main"));

    [Theory]
    [InlineData("github:o/r", "Authorization", "token whole")]
    [InlineData("github:o/other", "Authorization", "token owner")]
    [InlineData("github:x/r", "Authorization", "token host")]
    [InlineData("gitlab:o/r", "Private-token", "secret")]
    [InlineData("gitlab:o/r?host=oauth.example.org", "Authorization", "Bearer secret")]
    [InlineData("sourcehut:~o/r", "Authorization", "Bearer hut")]
    public void The_token_with_the_longest_name_becomes_the_header(
        string reference,
        string name,
        string value
    )
    {
        _fetching.Settings = _fetching.Settings with
        {
            AccessTokens = new Dictionary<string, string>
            {
                ["github.com"] = "host",
                ["github.com/o"] = "owner",
                ["github.com/o/r"] = "whole",
                ["gitlab.com"] = "PAT:secret",
                ["oauth.example.org"] = "OAuth2:secret",
                ["git.sr.ht"] = "hut",
            },
        };
        var (scheme, input) = Parse(reference);
        Assert.Equal([(name, value)], scheme.Headers(_fetching.NewRun(), scheme.PlaceOf(input)));
    }

    [Fact]
    public void A_token_for_another_owner_is_not_sent()
    {
        _fetching.Settings = _fetching.Settings with
        {
            AccessTokens = new Dictionary<string, string> { ["github.com/ow"] = "other" },
        };
        var (scheme, input) = Parse("github:owner/r");
        Assert.Empty(scheme.Headers(_fetching.NewRun(), scheme.PlaceOf(input)));
    }

    private static (ForgeScheme Scheme, FetchInput Input) Parse(string reference)
    {
        var input = InputSchemes.Parse(Url.Parse(reference));
        return ((ForgeScheme)input.Scheme, input);
    }
}
