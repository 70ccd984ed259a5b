using System.Text;

namespace Ferry.Fetching.Git;

/// <summary>Replaces pointers of Git LFS by the files they stand for, through the program <c>git-lfs</c>.</summary>
internal sealed class LargeFiles(Fetcher fetcher, GitRepository repository)
{
    // Source: Git LFS specification, "The Pointer".
    private const int PointerLengthMax = 1024;
    private const string PointerStart = "version https://git-lfs.github.com/spec/v1";

    public byte[] Smudge(byte[] stored)
    {
        if (
            stored.Length > PointerLengthMax
            || !stored.AsSpan().StartsWith(Encoding.ASCII.GetBytes(PointerStart))
        )
            return stored;
        var output = fetcher.Git.Try(
            new GitCall("lfs", "smudge") { Folder = repository.Folder, Input = stored }
        );
        if (output.Exit.IsSuccess)
            return output.Output;
        throw new FetchException(
            output.Error.Contains("is not a git command")
                ? "this input has files in Git LFS (lfs = true), and the program 'git-lfs' is not there; install it, or fetch without lfs"
                : $"cannot fetch a file from Git LFS: {output.Error.Trim()}"
        );
    }
}
