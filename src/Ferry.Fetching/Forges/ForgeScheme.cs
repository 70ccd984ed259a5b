using Ferry.Fetching.Inputs;
using Ferry.Fetching.Tarballs;
using Ferry.Formats.Hashing;
using Ferry.Formats.Inputs;
using Ferry.Formats.Urls;

namespace Ferry.Fetching.Forges;

/// <summary>Servers that give out archives of any revision: <c>github:OWNER/REPO/REF</c>.</summary>
internal abstract class ForgeScheme : InputScheme
{
    private const string Domain = "forgeArchive";

    public override IReadOnlySet<string> AllowedAttributes { get; } =
        new HashSet<string>
        {
            "owner",
            "repo",
            "ref",
            "rev",
            "narHash",
            "lastModified",
            "host",
            "treeHash",
        };

    protected abstract string DefaultHost { get; }

    /// <summary>The header that a token becomes.</summary>
    protected abstract (string Name, string Value) Authorize(Fetcher fetcher, string token);

    /// <summary>Asks the server which commit a branch or tag is.</summary>
    protected abstract string FindRevision(Fetcher fetcher, ForgePlace place, string reference);

    public abstract string ArchiveUrl(ForgePlace place, string revision, bool isAuthorized);

    /// <summary>Where git finds the repository itself.</summary>
    public virtual string RepositoryUrl(ForgePlace place) =>
        $"https://{place.Host}/{place.Owner}/{place.Repository}";

    public override InputAttributes? TryParse(Url url, bool mustBeTree)
    {
        if (url.Scheme != Name)
            return null;
        var path = url.Path.Where(part => part.Length > 0).ToList();
        if (path.Count < 2)
            throw new BadUrlException($"URL '{url}' is invalid");
        var attributes = InputAttributes.Of(("type", Name), ("owner", path[0]), ("repo", path[1]));
        if (path.Count == 3 && ReferenceNames.IsRevision(path[2]))
            attributes = attributes.With("rev", path[2]);
        else if (path.Count > 2)
            attributes = attributes.With("ref", string.Join('/', path.Skip(2)));

        foreach (var (name, value) in url.Query)
        {
            if (name is "rev" or "ref" && attributes.Contains(name))
                throw new BadUrlException(
                    $"URL '{url}' contains multiple {(name == "rev" ? "commit hashes" : "branch/tag names")}"
                );
            if (name is "rev" or "ref" or "host" or "narHash")
                attributes = attributes.With(name, value);
        }

        return Normalise(attributes);
    }

    public override InputAttributes Normalise(InputAttributes attributes)
    {
        _ = attributes.RequireText("owner");
        _ = attributes.RequireText("repo");
        var (reference, revision) = (attributes.Text("ref"), attributes.Text("rev"));
        if (reference is not null && revision is not null)
            throw new BadUrlException(
                $"input {attributes.ToJson()} contains both a commit hash ('{revision}') and a branch/tag name ('{reference}')"
            );
        if (revision is not null)
            _ = Hash.Parse(revision, HashKind.Sha1);
        if (reference is not null && !ReferenceNames.IsLegal(reference))
            throw new BadUrlException(
                $"input {attributes.ToJson()} contains an invalid branch/tag name"
            );
        if (
            attributes.Text("host") is { } host
            && !host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')
        )
            throw new BadUrlException(
                $"input {attributes.ToJson()} contains an invalid instance host"
            );
        return attributes;
    }

    public override Url ToUrl(FetchInput input)
    {
        List<string> path =
        [
            input.Attributes.RequireText("owner"),
            input.Attributes.RequireText("repo"),
        ];
        if (input.Ref is { } reference)
            path.Add(reference);
        if (input.Revision is { } revision)
            path.Add(RevisionText(revision));
        var url = new Url { Scheme = Name, Path = [.. path] };
        if (input.NarHash is { } hash)
            url = url.WithQuery("narHash", hash.ToSri());
        return input.Attributes.Text("host") is { } host ? url.WithQuery("host", host) : url;
    }

    public override bool IsLocked(FetchInput input, FetchSettings settings) =>
        input.Revision is not null
        && (settings.TrustsForgeArchives || input.Attributes.Contains("narHash"));

    public override FetchInput WithOverrides(FetchInput input, string? reference, Hash? revision)
    {
        if (reference is not null && revision is not null)
            throw new BadUrlException(
                $"cannot apply both a commit hash ({RevisionText(revision)}) and a branch/tag name ('{reference}') to input '{input}'"
            );
        if (revision is not null)
            return input.With("rev", RevisionText(revision)).Without("ref");
        return reference is null ? input : input.With("ref", reference).Without("rev");
    }

    public override FetchedTree Fetch(Fetcher fetcher, FetchInput input)
    {
        var place = PlaceOf(input);
        var revision = input.Revision is { } known
            ? RevisionText(known)
            : FindRevision(fetcher, place, input.Ref ?? "HEAD");
        input = input.Without("ref").With("rev", revision);

        var question = InputAttributes.Of(("rev", revision));
        if (
            fetcher.Cache.Find(Domain, question) is { } answer
            && fetcher.Trees.Find(Hash.ParseSri(answer.Value.RequireText("narHash"))) is { } cached
        )
        {
            var time = answer.Value.Number("lastModified") ?? 0;
            return new(input.With("lastModified", time), cached) { Fingerprint = revision };
        }

        var headers = Headers(fetcher, place);
        var archive = ArchiveDownload.Run(
            fetcher,
            new ArchiveRequest(ArchiveUrl(place, revision, headers.Count > 0)) { Headers = headers }
        );
        fetcher.Cache.Remember(
            Domain,
            question,
            InputAttributes.Of(
                ("narHash", archive.NarHash.ToSri()),
                ("lastModified", archive.LastModified)
            )
        );
        return new(input.With("lastModified", archive.LastModified), archive.Tree)
        {
            Fingerprint = revision,
        };
    }

    public override void Clone(Fetcher fetcher, FetchInput input, string folder)
    {
        var repository = InputSchemes.Parse(
            Url.Parse($"git+{RepositoryUrl(PlaceOf(input))}"),
            mustBeTree: true
        );
        fetcher.Clone(repository.WithOverrides(input.Ref, input.Revision), folder);
    }

    internal ForgePlace PlaceOf(FetchInput input) =>
        new(
            input.Attributes.Text("host") ?? DefaultHost,
            input.Attributes.RequireText("owner"),
            input.Attributes.RequireText("repo")
        );

    /// <summary>Reads a small answer of the server.</summary>
    protected string Ask(Fetcher fetcher, ForgePlace place, string url)
    {
        var file = fetcher.DownloadFile(new(url, "source") { Headers = Headers(fetcher, place) });
        return File.ReadAllText(fetcher.Store.RealPath(file.Path));
    }

    // The token whose name covers most of host, owner and repository.
    internal IReadOnlyList<(string Name, string Value)> Headers(Fetcher fetcher, ForgePlace place)
    {
        var whole = $"{place.Host}/{place.Owner}/{place.Repository}";
        var token = fetcher
            .Settings.AccessTokens.Where(pair =>
                whole == pair.Key || whole.StartsWith(pair.Key + "/", StringComparison.Ordinal)
            )
            .OrderByDescending(pair => pair.Key.Length)
            .Select(pair => pair.Value)
            .FirstOrDefault();
        return token is null ? [] : [Authorize(fetcher, token)];
    }
}

/// <summary>A repository at a forge.</summary>
internal sealed record ForgePlace(string Host, string Owner, string Repository);
