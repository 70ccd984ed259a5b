using Ferry.Fetching.Inputs;
using Ferry.Formats.Hashing;
using Ferry.Formats.Inputs;
using Ferry.Formats.Urls;

namespace Ferry.Fetching.Registries;

/// <summary><c>flake:nixpkgs/BRANCH/REVISION</c>: a name that a registry translates.</summary>
internal sealed class IndirectScheme : InputScheme
{
    public override string Name => "indirect";

    public override IReadOnlySet<string> AllowedAttributes { get; } =
        new HashSet<string> { "id", "ref", "rev", "narHash" };

    public override bool IsDirect => false;

    public override InputAttributes? TryParse(Url url, bool mustBeTree)
    {
        if (url.Scheme != "flake")
            return null;
        var path = url.Path.Where(part => part.Length > 0).ToList();
        if (path.Count is 0 or > 3)
            throw new BadUrlException($"GitHub URL '{url}' is invalid");
        CheckId(path[0]);
        var attributes = InputAttributes.Of(("type", Name), ("id", path[0]));
        if (path.Count == 2 && ReferenceNames.IsRevision(path[1]))
            return attributes.With("rev", path[1].ToLowerInvariant());
        if (path.Count >= 2)
        {
            if (!ReferenceNames.IsLegal(path[1]))
                throw new BadUrlException(
                    $"in flake URL '{url}', '{path[1]}' is not a {(path.Count == 2 ? "commit hash or " : "")}branch/tag name"
                );
            attributes = attributes.With("ref", path[1]);
        }

        if (path.Count < 3)
            return attributes;
        return ReferenceNames.IsRevision(path[2])
            ? attributes.With("rev", path[2].ToLowerInvariant())
            : throw new BadUrlException($"in flake URL '{url}', '{path[2]}' is not a commit hash");
    }

    public override InputAttributes Normalise(InputAttributes attributes)
    {
        CheckId(attributes.RequireText("id"));
        return attributes;
    }

    public override Url ToUrl(FetchInput input)
    {
        List<string> path = [input.Attributes.RequireText("id")];
        if (input.Ref is { } reference)
            path.Add(reference);
        if (input.Revision is { } revision)
            path.Add(RevisionText(revision));
        return new Url { Scheme = "flake", Path = [.. path] };
    }

    public override bool IsLocked(FetchInput input, FetchSettings settings) => false;

    public override FetchInput WithOverrides(FetchInput input, string? reference, Hash? revision)
    {
        if (revision is not null)
            input = input.With("rev", RevisionText(revision));
        return reference is null ? input : input.With("ref", reference);
    }

    public override FetchedTree Fetch(Fetcher fetcher, FetchInput input) =>
        throw new FetchException($"indirect input '{input}' cannot be fetched directly");

    private static void CheckId(string id)
    {
        if (!ReferenceNames.IsFlakeId(id))
            throw new BadUrlException($"'{id}' is not a valid flake ID");
    }
}
