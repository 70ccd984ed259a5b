using Ferry.Fetching.Inputs;
using Ferry.Formats.Hashing;
using Ferry.Formats.Inputs;
using Ferry.Formats.Urls;

namespace Ferry.Fetching.Git;

/// <summary><c>git+https://…?ref=…&amp;rev=…</c>: a commit of a repository, or a working tree of this machine.</summary>
internal sealed class GitScheme : InputScheme
{
    private static readonly HashSet<string> s_texts =
    [
        "rev",
        "ref",
        "keytype",
        "publicKey",
        "publicKeys",
    ];

    private static readonly HashSet<string> s_switches =
    [
        "shallow",
        "submodules",
        "lfs",
        "exportIgnore",
        "allRefs",
        "verifyCommit",
    ];

    // In URLs in this order, which only matters for what is left out.
    private static readonly string[] s_shown = ["shallow", "lfs", "submodules", "exportIgnore"];

    private static readonly string[] s_verified =
    [
        "verifyCommit",
        "keytype",
        "publicKey",
        "publicKeys",
    ];

    public override string Name => "git";

    public override IReadOnlySet<string> AllowedAttributes { get; } =
        new HashSet<string>([
            .. s_texts,
            .. s_switches,
            "url",
            "lastModified",
            "revCount",
            "narHash",
            "name",
            "dirtyRev",
            "dirtyShortRev",
        ]);

    public override InputAttributes? TryParse(Url url, bool mustBeTree)
    {
        if (url.Scheme != Name && url.Application != Name)
            return null;
        var attributes = InputAttributes.Of(("type", Name));
        var query = Url.NoQuery.ToBuilder();
        foreach (var (name, value) in url.Query)
        {
            if (s_texts.Contains(name))
                attributes = attributes.With(name, value);
            else if (s_switches.Contains(name))
                attributes = attributes.With(name, value == "1");
            else
                query[name] = value;
        }

        var plain = url with { Query = query.ToImmutable() };
        return Normalise(attributes.With("url", plain.ToString()));
    }

    public override InputAttributes Normalise(InputAttributes attributes)
    {
        if (s_verified.Any(attributes.Contains))
            throw new FetchException(
                "experimental Nix feature 'verified-fetches' is disabled; add '--extra-experimental-features verified-fetches' to enable it (this program verifies no commits)"
            );
        if (attributes.Text("ref") is { } reference && !ReferenceNames.IsLegal(reference))
            throw new BadUrlException($"invalid Git branch/tag name '{reference}'");
        foreach (var name in s_switches)
            _ = attributes.Switch(name);
        return attributes.With("url", GitUrls.Fix(attributes.RequireText("url")).ToString());
    }

    public override Url ToUrl(FetchInput input)
    {
        var url = Url.Parse(input.Attributes.RequireText("url"));
        if (url.Scheme != Name)
            url = url with { Scheme = $"{Name}+{url.Scheme}" };
        if (input.Revision is { } revision)
            url = url.WithQuery("rev", RevisionText(revision));
        if (input.Ref is { } reference)
            url = url.WithQuery("ref", reference);
        foreach (var name in s_shown)
        {
            if (input.Attributes.Switch(name))
                url = url.WithQuery(name, "1");
        }

        return url;
    }

    public override bool IsLocked(FetchInput input, FetchSettings settings) =>
        input.Revision is { } revision && revision.Digest.ContainsAnyExcept((byte)0);

    public override FetchInput WithOverrides(FetchInput input, string? reference, Hash? revision)
    {
        if (revision is not null)
            input = input.With("rev", RevisionText(revision));
        if (reference is not null)
            input = input.With("ref", reference);
        return input.Ref is null && input.Revision is not null
            ? throw new FetchException(
                $"Git input '{input}' has a commit hash but no branch/tag name"
            )
            : input;
    }

    public override string? SourceFolder(FetchInput input) =>
        GitPlace.Of(input, clonesLocal: false).Folder;

    public override void Write(Fetcher fetcher, FetchInput input, SourceFile file)
    {
        var place = GitPlace.Of(input, fetcher.Settings.ClonesLocalRepositories);
        if (place.Folder is not { } folder)
            throw new FetchException(
                $"cannot commit '{file.Path}' to Git repository '{input}' because it's not a working tree"
            );
        File.WriteAllText(Path.Combine(folder, file.Path), file.Contents);
        var repository = new GitRepository(fetcher, folder, isBare: false);
        if (repository.Try("check-ignore", "--quiet", file.Path).Exit.IsSuccess)
            return;
        repository.Run("add", "--intent-to-add", "--", file.Path);
        if (file.CommitMessage is { } message)
            repository.Run("commit", "--quiet", "--message", message, "--", file.Path);
    }

    public override FetchedTree Fetch(Fetcher fetcher, FetchInput input)
    {
        var place = GitPlace.Of(input, fetcher.Settings.ClonesLocalRepositories);
        if (input.Attributes.Switch("exportIgnore") && input.Attributes.Switch("submodules"))
            throw new FetchException("exportIgnore and submodules are not supported together yet");
        return place.Folder is { } folder && input.Ref is null && input.Revision is null
            ? new WorkingTreeFetch(fetcher, folder).Run(input)
            : new CommitFetch(fetcher, place).Run(input);
    }

    public override LiveTree? Look(Fetcher fetcher, FetchInput input)
    {
        if (
            input.Ref is not null
            || input.Revision is not null
            || input.Attributes.Switch("submodules")
            || input.Attributes.Switch("exportIgnore")
            || GitPlace.Of(input, fetcher.Settings.ClonesLocalRepositories).Folder is not { } folder
            || !Path.Exists(folder)
        )
            return null;
        var state = fetcher.WorkingTreeAt(folder);
        if (state.IsDirty)
        {
            if (!fetcher.Settings.AllowsDirtyTrees)
                return null;
            fetcher.WarnOfDirtyTree(folder);
        }

        return new(folder, state.Open(folder), () => fetcher.Fetch(input))
        {
            Revisions = Revisions(input, state),
        };
    }

    // As a fetch would say, except for what takes a look at the history.
    private static Dictionary<string, string?> Revisions(FetchInput input, WorkingTree state)
    {
        var isShallow = input.Attributes.Switch("shallow");
        if (!state.IsDirty)
            return isShallow
                ? new() { ["rev"] = WorkingTreeFetch.RevisionOf(state) }
                : new() { ["rev"] = WorkingTreeFetch.RevisionOf(state), ["revCount"] = null };
        return state.Head is { } head
            ? new()
            {
                ["dirtyRev"] = WorkingTreeFetch.DirtyRevision(head),
                ["dirtyShortRev"] = WorkingTreeFetch.DirtyRevision(FetchInput.ShortRevision(head)),
            }
            : [];
    }

    public override void Clone(Fetcher fetcher, FetchInput input, string folder)
    {
        List<string> arguments = ["clone", "--quiet"];
        if (input.Revision is not null)
            arguments.Add("--no-checkout");
        if (input.Ref is { } reference)
            arguments.AddRange(["--branch", reference]);
        var place = GitPlace.Of(input, fetcher.Settings.ClonesLocalRepositories);
        fetcher.Git.Run(new GitCall([.. arguments, "--", place.Location, folder]));
        if (input.Revision is not { } revision)
            return;
        try
        {
            CheckOut(
                new GitRepository(fetcher, folder, isBare: false),
                place.Location,
                RevisionText(revision)
            );
        }
        catch (FetchException)
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    // A commit that no branch leads to is not in a clone, but a server may give it when it is named.
    private static void CheckOut(GitRepository repository, string url, string revision)
    {
        if (!repository.HasObject(revision))
            repository.Fetch(url, revision, isShallow: false);
        repository.Run("checkout", "--quiet", "--detach", revision);
    }

    /// <summary>What decides, besides the revision, which files a tree has.</summary>
    internal static string FingerprintOf(FetchInput input, string revision) =>
        revision
        + (input.Attributes.Switch("submodules") ? ";s" : "")
        + (input.Attributes.Switch("exportIgnore") ? ";e" : "")
        + (input.Attributes.Switch("lfs") ? ";l" : "");
}
