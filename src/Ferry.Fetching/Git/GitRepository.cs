using System.Globalization;
using System.Text;
using Ferry.Formats.Inputs;

namespace Ferry.Fetching.Git;

/// <summary>Questions to a repository on this machine.</summary>
/// <param name="fetcher">Runs git, remembers what revisions are.</param>
/// <param name="folder">A working tree, or a repository without one.</param>
/// <param name="isBare">It has none.</param>
internal sealed class GitRepository(Fetcher fetcher, string folder, bool isBare)
{
    public string Folder => folder;

    /// <returns>Null when the name means no commit.</returns>
    public string? FindCommit(string name)
    {
        var output = Try(
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            name + "^{commit}"
        );
        return output.Exit.IsSuccess ? output.Text.Trim() : null;
    }

    public bool HasObject(string revision) =>
        Try("cat-file", "-e", revision + "^{commit}").Exit.IsSuccess;

    public bool IsShallow() => Run("rev-parse", "--is-shallow-repository").Trim() == "true";

    /// <returns>The branch, as <c>refs/heads/main</c>; null for a detached head.</returns>
    public string? HeadReference()
    {
        var output = Try("symbolic-ref", "--quiet", "HEAD");
        return output.Exit.IsSuccess ? output.Text.Trim() : null;
    }

    /// <summary>When a commit was made, in Unix seconds.</summary>
    public ulong LastModified(string revision) =>
        Remembered(
            "gitLastModified",
            revision,
            () => Run("rev-list", "--max-count=1", "--timestamp", revision).Split(' ')[0]
        );

    /// <summary>How many commits lead to a commit, itself included.</summary>
    public ulong RevisionCount(string revision) =>
        Remembered("gitRevCount", revision, () => Run("rev-list", "--count", revision).Trim());

    /// <summary>The tree of a commit, in hexadecimal.</summary>
    public string TreeOf(string commit)
    {
        var question = InputAttributes.Of(("rev", commit));
        if (fetcher.Cache.Find("gitTree", question)?.Value.Text("value") is { } known)
            return known;
        var tree = Run("rev-parse", commit + "^{tree}").Trim();
        fetcher.Cache.Remember("gitTree", question, InputAttributes.Of(("value", tree)));
        return tree;
    }

    public void SetOrigin(string url)
    {
        if (Try("remote", "set-url", "origin", url).Exit.IsSuccess)
            return;
        Run("remote", "add", "origin", url);
    }

    /// <exception cref="FetchException">The server has no such thing, or is not there.</exception>
    public void Fetch(string url, string references, bool isShallow)
    {
        List<string> arguments = ["fetch", "--quiet", "--force"];
        if (isShallow)
            arguments.AddRange(["--depth", "1"]);
        arguments.AddRange(["--", url, references]);
        fetcher.Git.Run(new GitCall(arguments) { Folder = folder, IsBare = isBare });
    }

    public void SetHead(string reference) => Run("symbolic-ref", "--", "HEAD", reference);

    public string Run(params IReadOnlyList<string> arguments) =>
        fetcher.Git.Run(new GitCall(arguments) { Folder = folder, IsBare = isBare }).Text;

    public Platform.Processes.ProcessOutput Try(params IReadOnlyList<string> arguments) =>
        fetcher.Git.Try(new GitCall(arguments) { Folder = folder, IsBare = isBare });

    public Platform.Processes.ProcessConversation Converse(
        params IReadOnlyList<string> arguments
    ) => fetcher.Git.Converse(new GitCall(arguments) { Folder = folder, IsBare = isBare });

    /// <summary>Asks about many paths at once.</summary>
    /// <returns>Those for which <c>export-ignore</c> is set.</returns>
    public HashSet<string> ExportIgnored(IEnumerable<string> paths, string? revision)
    {
        var index = revision is null ? null : fetcher.Trees.TemporaryFile();
        try
        {
            if (index is not null)
                fetcher.Git.Run(
                    new GitCall("read-tree", revision!)
                    {
                        Folder = folder,
                        IsBare = isBare,
                        IndexFile = index,
                    }
                );
            List<string> arguments = ["check-attr", "--stdin", "-z", "export-ignore"];
            if (index is not null)
                arguments.Insert(1, "--cached");
            var output = fetcher.Git.Run(
                new GitCall(arguments)
                {
                    Folder = folder,
                    IsBare = isBare,
                    IndexFile = index,
                    Input = Encoding.UTF8.GetBytes(
                        string.Concat(paths.Select(path => path + "\0"))
                    ),
                }
            );
            return Ignored(output.Text);
        }
        finally
        {
            if (index is not null)
                File.Delete(index);
        }
    }

    // PATH NUL ATTRIBUTE NUL VALUE NUL, over and over.
    private static HashSet<string> Ignored(string text)
    {
        var fields = text.Split('\0');
        var ignored = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at + 2 < fields.Length; at += 3)
        {
            if (fields[at + 2] == "set")
                ignored.Add(fields[at]);
        }

        return ignored;
    }

    private ulong Remembered(string what, string revision, Func<string> ask)
    {
        var question = InputAttributes.Of(("rev", revision));
        if (fetcher.Cache.Find(what, question) is { } known)
            return known.Value.Number("value") ?? 0;
        var value = ulong.Parse(ask(), CultureInfo.InvariantCulture);
        fetcher.Cache.Remember(what, question, InputAttributes.Of(("value", value)));
        return value;
    }
}
