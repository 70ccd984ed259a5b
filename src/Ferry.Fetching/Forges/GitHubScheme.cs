using System.Text.Json;

namespace Ferry.Fetching.Forges;

/// <summary>github.com, and GitHub Enterprise under other hosts.</summary>
internal sealed class GitHubScheme : ForgeScheme
{
    public override string Name => "github";

    protected override string DefaultHost => "github.com";

    protected override (string Name, string Value) Authorize(Fetcher fetcher, string token) =>
        ("Authorization", $"token {token}");

    protected override string FindRevision(Fetcher fetcher, ForgePlace place, string reference)
    {
        var answer = Ask(fetcher, place, CommitUrl(place, reference));
        using var json = JsonDocument.Parse(answer);
        return
            json.RootElement.TryGetProperty("sha", out var revision)
            && revision.GetString() is { } text
            ? text
            : throw new FetchException(
                $"the server '{place.Host}' did not say which commit '{reference}' is: {answer}"
            );
    }

    public override string RepositoryUrl(ForgePlace place) => base.RepositoryUrl(place) + ".git";

    public static string CommitUrl(ForgePlace place, string reference) =>
        place.Host == "github.com"
            ? $"https://api.{place.Host}/repos/{place.Owner}/{place.Repository}/commits/{reference}"
            : $"https://{place.Host}/api/v3/repos/{place.Owner}/{place.Repository}/commits/{reference}";

    // Without a token the public archives have no rate limit.
    public override string ArchiveUrl(ForgePlace place, string revision, bool isAuthorized) =>
        place.Host != "github.com"
            ? $"https://{place.Host}/api/v3/repos/{place.Owner}/{place.Repository}/tarball/{revision}"
        : isAuthorized
            ? $"https://api.{place.Host}/repos/{place.Owner}/{place.Repository}/tarball/{revision}"
        : $"https://{place.Host}/{place.Owner}/{place.Repository}/archive/{revision}.tar.gz";
}
