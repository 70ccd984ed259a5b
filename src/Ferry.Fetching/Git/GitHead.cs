using System.IO.Compression;
using System.Text;

namespace Ferry.Fetching.Git;

/// <summary>Where the head of a repository stands, read without git.</summary>
/// <param name="Reference">The branch, as <c>refs/heads/main</c>; null for a detached head.</param>
/// <param name="Commit">In hexadecimal; null before the first commit.</param>
internal sealed record GitHead(string? Reference, string? Commit)
{
    private const int DigestTextLength = 40;
    private const string Link = "ref: ";

    // What stands there where references are kept in another form.
    private const string Placeholder = ".invalid";

    /// <returns>Null where only git itself can tell.</returns>
    public static GitHead? TryRead(GitFolders folders)
    {
        var file = Path.Combine(folders.Own, "HEAD");
        if (!File.Exists(file))
            return null;
        var text = File.ReadAllText(file).Trim();
        if (!text.StartsWith(Link, StringComparison.Ordinal))
            return IsCommit(text) ? new(null, text) : null;
        var reference = text[Link.Length..];
        if (
            reference.EndsWith(Placeholder, StringComparison.Ordinal)
            || !reference.StartsWith("refs/", StringComparison.Ordinal)
            || reference.Contains("..", StringComparison.Ordinal)
        )
            return null;
        var loose = Path.Combine(folders.Shared, reference);
        if (!File.Exists(loose))
            return new(reference, Packed(folders, reference));
        var commit = File.ReadAllText(loose).Trim();
        return IsCommit(commit) ? new(reference, commit) : null;
    }

    /// <summary>The tree of a commit that lies in a file of its own, as new ones do.</summary>
    /// <returns>In hexadecimal; null where it does not.</returns>
    public static string? TryReadTree(GitFolders folders, string commit)
    {
        var file = Path.Combine(folders.Shared, "objects", commit[..2], commit[2..]);
        if (!File.Exists(file))
            return null;
        using var stream = new ZLibStream(File.OpenRead(file), CompressionMode.Decompress);
        // "commit SIZE", a NUL, "tree DIGEST", a line feed.
        Span<byte> start = stackalloc byte[96];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var text = Encoding.Latin1.GetString(start[..length]);
        var tree = text.IndexOf("\0tree ", StringComparison.Ordinal);
        if (
            !text.StartsWith("commit ", StringComparison.Ordinal)
            || tree < 0
            || tree + 6 + DigestTextLength > text.Length
        )
            return null;
        var digest = text.Substring(tree + 6, DigestTextLength);
        return IsCommit(digest) ? digest : null;
    }

    private static string? Packed(GitFolders folders, string reference)
    {
        var file = Path.Combine(folders.Shared, "packed-refs");
        if (!File.Exists(file))
            return null;
        foreach (var line in File.ReadLines(file))
        {
            if (
                line.Length == DigestTextLength + 1 + reference.Length
                && line.EndsWith(reference, StringComparison.Ordinal)
                && line[DigestTextLength] == ' '
            )
                return line[..DigestTextLength];
        }

        return null;
    }

    private static bool IsCommit(string text) =>
        text.Length == DigestTextLength && text.All(char.IsAsciiHexDigitLower);
}

/// <summary>Where git keeps what it knows of a working tree.</summary>
/// <param name="Own">Its own head and index.</param>
/// <param name="Shared">Objects, branches and settings, which several working trees may share.</param>
internal sealed record GitFolders(string Own, string Shared)
{
    private const string FileMark = "gitdir: ";

    /// <returns>Null where there is no repository.</returns>
    public static GitFolders? Find(string workingTree)
    {
        var own = Path.Combine(workingTree, ".git");
        if (File.Exists(own))
        {
            var text = File.ReadAllText(own).Trim();
            if (!text.StartsWith(FileMark, StringComparison.Ordinal))
                return null;
            own = Path.GetFullPath(text[FileMark.Length..], workingTree);
        }

        if (!Directory.Exists(own))
            return null;
        var link = Path.Combine(own, "commondir");
        var shared = File.Exists(link) ? Path.GetFullPath(File.ReadAllText(link).Trim(), own) : own;
        return new(own, shared);
    }
}
