using Ferry.Fetching.Git;

namespace Ferry.Fetching.Forges;

/// <summary>git.sr.ht and other SourceHut servers.</summary>
internal sealed class SourceHutScheme : ForgeScheme
{
    public override string Name => "sourcehut";

    protected override string DefaultHost => "git.sr.ht";

    protected override (string Name, string Value) Authorize(Fetcher fetcher, string token) =>
        ("Authorization", $"Bearer {token}");

    protected override string FindRevision(Fetcher fetcher, ForgePlace place, string reference)
    {
        IReadOnlyList<string> names = [$"refs/heads/{reference}", $"refs/tags/{reference}"];
        if (reference == "HEAD")
        {
            var head = Ask(fetcher, place, $"{Repository(place)}/HEAD").Split('\n')[0];
            names =
            [
                RemoteReference.TryParse(head)?.Target
                    ?? throw new FetchException($"'{place.Host}' did not say what HEAD is: {head}"),
            ];
        }

        foreach (var line in Ask(fetcher, place, $"{Repository(place)}/info/refs").Split('\n'))
        {
            if (RemoteReference.TryParse(line) is { Name: { } name } found && names.Contains(name))
                return found.Target;
        }

        throw new FetchException(
            $"in 'sourcehut:{place.Owner}/{place.Repository}', couldn't find ref '{reference}'"
        );
    }

    public override string ArchiveUrl(ForgePlace place, string revision, bool isAuthorized) =>
        $"{Repository(place)}/archive/{revision}.tar.gz";

    private static string Repository(ForgePlace place) =>
        $"https://{place.Host}/{place.Owner}/{place.Repository}";
}
