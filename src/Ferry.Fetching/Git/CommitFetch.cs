using Ferry.Fetching.FileTrees;
using Ferry.Fetching.Inputs;

namespace Ferry.Fetching.Git;

/// <summary>Takes one commit, from a repository of this machine or from a clone that is kept.</summary>
internal sealed class CommitFetch(Fetcher fetcher, GitPlace place)
{
    public FetchedTree Run(FetchInput input)
    {
        var isShallow = input.Attributes.Switch("shallow");
        GitRepository repository;
        if (place.Folder is { } folder)
        {
            repository = new(fetcher, folder, isBare: false);
            input = input.With("ref", input.Ref ?? LocalHead(repository));
            if (input.Revision is null)
                input = input.With("rev", Commit(repository, input.Ref!));
        }
        else
        {
            (repository, input) = new GitClone(fetcher, place.Location).Update(input);
        }

        if (!isShallow && repository.IsShallow())
            throw new FetchException(
                $"'{place.Location}' is a shallow Git repository, but shallow repositories are only allowed when `shallow = true;` is specified"
            );
        var revision = InputScheme.RevisionText(input.Revision!);
        if (!repository.HasObject(revision))
            throw MissingRevision(input, revision);
        input = input.With("lastModified", repository.LastModified(revision));
        if (!isShallow)
            input = input.With("revCount", repository.RevisionCount(revision));
        return new(input, Tree(repository, input, revision))
        {
            Fingerprint = GitScheme.FingerprintOf(input, revision),
        };
    }

    private IFileTree Tree(GitRepository repository, FetchInput input, string revision)
    {
        var ignoresExport = input.Attributes.Switch("exportIgnore");
        var tree = GitCommitTree.Open(
            repository,
            revision,
            ignoresExport,
            input.Attributes.Switch("lfs") ? new LargeFiles(fetcher, repository).Smudge : null
        );
        return input.Attributes.Switch("submodules") && tree.Submodules.Count > 0
            ? new Submodules(fetcher, repository, input).Mount(tree)
            : tree;
    }

    private string LocalHead(GitRepository repository)
    {
        if (repository.HeadReference() is { } head)
            return head;
        fetcher.Parts.Warn(
            $"could not read HEAD ref from repo at '{place.Location}', using 'master'"
        );
        return "master";
    }

    private static string Commit(GitRepository repository, string reference) =>
        repository.FindCommit(reference)
        ?? throw new FetchException(
            $"resolving Git reference '{reference}': revspec '{reference}' not found"
        );

    private FetchException MissingRevision(FetchInput input, string revision) =>
        new(
            $"Cannot find Git revision '{revision}' in ref '{input.Ref}' of repository '{place.Location}'! Please make sure that the rev exists on the ref you've specified or add allRefs = true; to fetchGit."
        );
}
