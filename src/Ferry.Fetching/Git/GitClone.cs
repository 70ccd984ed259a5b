using Ferry.Fetching.Inputs;
using Ferry.Formats.Hashing;
using Ferry.Platform.Files;

namespace Ferry.Fetching.Git;

/// <summary>A clone of a remote repository that is kept between runs, where stock Nix keeps it too.</summary>
internal sealed class GitClone(Fetcher fetcher, string url)
{
    // What HEAD of a new clone is: no branch of anybody.
    private const string NoBranch = "__nix_dummy_branch";

    /// <summary>Brings the clone up to date as far as the input needs it.</summary>
    /// <returns>The clone, and the input with its branch and commit.</returns>
    public (GitRepository Repository, FetchInput Input) Update(FetchInput input)
    {
        var isShallow = input.Attributes.Switch("shallow");
        var folder = FolderOf(isShallow);
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        using var gate = FileLock.Open(folder + ".lock");
        gate.Acquire(FileLockKind.Exclusive);

        var repository = new GitRepository(fetcher, folder, isBare: true);
        if (!Directory.Exists(Path.Combine(folder, "objects")))
            fetcher.Git.Run(
                new GitCall(
                    "-c",
                    $"init.defaultBranch={NoBranch}",
                    "init",
                    "--quiet",
                    "--bare",
                    folder
                )
            );
        repository.SetOrigin(url);

        var asked = input.Ref;
        input = input.With("ref", asked ?? RemoteHead(repository));
        var reference = input.Ref!;
        if (NeedsFetch(repository, input))
        {
            Fetch(repository, input, isShallow);
            if (asked is null && repository.FindCommit(reference) is not null)
                repository.SetHead(reference);
        }

        if (input.Revision is null)
            input = input.With(
                "rev",
                repository.FindCommit(reference)
                    ?? throw new FetchException(
                        $"resolving Git reference '{reference}': revspec '{reference}' not found"
                    )
            );
        return (repository, input);
    }

    private bool NeedsFetch(GitRepository repository, FetchInput input)
    {
        if (input.Revision is { } revision)
            return !repository.HasObject(InputScheme.RevisionText(revision));
        return input.Attributes.Switch("allRefs") || !IsFresh(StampOf(repository, input.Ref!));
    }

    private void Fetch(GitRepository repository, FetchInput input, bool isShallow)
    {
        var reference = input.Ref!;
        var references =
            input.Attributes.Switch("allRefs") ? "refs/*:refs/*"
            : input.Revision is { } revision ? InputScheme.RevisionText(revision)
            : reference.StartsWith("refs/", StringComparison.Ordinal) ? $"{reference}:{reference}"
            : reference == "HEAD" ? "HEAD:HEAD"
            : $"refs/heads/{reference}:refs/heads/{reference}";
        var stamp = StampOf(repository, reference);
        try
        {
            fetcher.Parts.Note($"fetching Git repository '{url}'");
            repository.Fetch(url, references, isShallow);
        }
        catch (FetchException failure) when (repository.FindCommit(reference) is not null)
        {
            fetcher.Parts.Note(failure.Message);
            fetcher.Parts.Warn(
                $"could not update local clone of Git repository '{url}'; continuing with the most recent version"
            );
        }

        // When it was asked for counts, not when the branch last moved.
        if (input.Revision is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(stamp)!);
            File.WriteAllText(stamp, "");
            File.SetLastWriteTimeUtc(stamp, fetcher.Parts.Clock.GetUtcNow().UtcDateTime);
        }
    }

    private string RemoteHead(GitRepository repository)
    {
        var known =
            repository.HeadReference() is { } head && head != $"refs/heads/{NoBranch}"
                ? head
                : null;
        if (known is not null && IsFresh(StampOf(repository, known)))
            return known;
        var answer = fetcher.Git.Try(new GitCall("ls-remote", "--symref", url, "HEAD"));
        if (
            answer.Exit.IsSuccess
            && RemoteReference.TryParse(answer.Text.Split('\n')[0]) is { Name: "HEAD" } remote
        )
            return remote.Target;
        if (known is not null)
        {
            fetcher.Parts.Warn(
                $"could not get HEAD ref for repository '{url}'; using expired cached ref '{known}'"
            );
            return known;
        }

        fetcher.Parts.Warn($"could not read HEAD ref from repo at '{url}', using 'master'");
        return "master";
    }

    private static string StampOf(GitRepository repository, string reference) =>
        Path.Combine(repository.Folder, "ferry-fetched", reference.Replace("/", "%2F"));

    private bool IsFresh(string stamp) =>
        File.Exists(stamp)
        && File.GetLastWriteTimeUtc(stamp) + fetcher.Settings.TimeToLive
            > fetcher.Parts.Clock.GetUtcNow().UtcDateTime;

    private string FolderOf(bool isShallow)
    {
        var key = Hash.Compute(HashKind.Sha256, System.Text.Encoding.UTF8.GetBytes(url));
        return Path.Combine(
            fetcher.Settings.CacheFolder,
            "gitv3",
            key.Format(HashFormat.Nix32, withKind: false) + (isShallow ? "-shallow" : "")
        );
    }
}
