using System.Text.Json;

namespace Ferry.Fetching.Forges;

/// <summary>gitlab.com and other GitLab servers.</summary>
internal sealed class GitLabScheme : ForgeScheme
{
    public override string Name => "gitlab";

    protected override string DefaultHost => "gitlab.com";

    // TYPE:VALUE, where the type decides the header.
    protected override (string Name, string Value) Authorize(Fetcher fetcher, string token)
    {
        var colon = token.IndexOf(':');
        var (type, value) = colon < 0 ? (token, token) : (token[..colon], token[(colon + 1)..]);
        switch (type)
        {
            case "OAuth2":
                return ("Authorization", $"Bearer {value}");
            case "PAT":
                return ("Private-token", value);
            default:
                fetcher.Parts.Warn($"Unrecognized GitLab token type {type}");
                return (type, value);
        }
    }

    public override string RepositoryUrl(ForgePlace place) => base.RepositoryUrl(place) + ".git";

    protected override string FindRevision(Fetcher fetcher, ForgePlace place, string reference)
    {
        var answer = Ask(fetcher, place, CommitsUrl(place, reference));
        using var json = JsonDocument.Parse(answer);
        if (json.RootElement.ValueKind != JsonValueKind.Array)
            throw new FetchException($"Unexpected response received from GitLab: {answer}");
        if (json.RootElement.GetArrayLength() == 0)
            throw new FetchException(
                "No commits returned by GitLab API -- does the git ref really exist?"
            );
        return
            json.RootElement[0].TryGetProperty("id", out var revision)
            && revision.GetString() is { } text
            ? text
            : throw new FetchException($"Unexpected response received from GitLab: {answer}");
    }

    public static string CommitsUrl(ForgePlace place, string reference) =>
        $"{Project(place)}/repository/commits?ref_name={reference}";

    public override string ArchiveUrl(ForgePlace place, string revision, bool isAuthorized) =>
        $"{Project(place)}/repository/archive.tar.gz?sha={revision}";

    private static string Project(ForgePlace place) =>
        $"https://{place.Host}/api/v4/projects/{place.Owner}%2F{place.Repository}";
}
