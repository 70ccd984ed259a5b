using Ferry.Fetching.Git;

namespace Ferry.Fetching.Tests.Git;

/// <summary>What is found out without git is what git says, or git is asked.</summary>
public sealed class WorkingTreeScanTests : IDisposable
{
    private readonly GitFixture _git = new();

    public WorkingTreeScanTests()
    {
        _git.Commit(
            ("a", "1"),
            ("b-c", "1"),
            ("b/c", "1"),
            ("b/d/e", "1"),
            ("b.f", "1"),
            ("long/" + new string('x', 200), "1")
        );
        File.CreateSymbolicLink(Path.Combine(_git.Folder, "link"), "a");
        _git.Commit();
    }

    public void Dispose() => _git.Dispose();

    public static TheoryData<string> Changes =>
        [
            "nothing",
            "edited",
            "edited in a folder",
            "touched",
            "deleted",
            "folder deleted",
            "executable",
            "link moved",
            "link became file",
            "file became folder",
            "untracked",
            "packed",
            "detached",
        ];

    [Theory]
    [MemberData(nameof(Changes))]
    public void It_says_what_git_says(string change)
    {
        Make(change);
        Compare(mustScan: true);
    }

    public static TheoryData<string> Others =>
        ["added", "intended", "removed from the index", "folder became link", "converted", "split"];

    [Theory]
    [MemberData(nameof(Others))]
    public void What_only_git_knows_is_left_to_git(string change)
    {
        Make(change);
        Compare(mustScan: false);
    }

    [Fact]
    public void A_further_working_tree_has_its_own_head()
    {
        var other = Path.Combine(_git.Fetching.Folder, "other");
        _git.Git("worktree", "add", "--quiet", "-b", "other", other);
        File.WriteAllText(Path.Combine(other, "a"), "changed");
        var fetcher = _git.Fetching.NewRun();
        var scanned = new WorkingTreeScan(fetcher, other).Run();
        Assert.NotNull(scanned);
        Assert.Equal("refs/heads/other", scanned.Reference);
        Assert.Equal(["a"], scanned.Changed);
    }

    private void Compare(bool mustScan)
    {
        var fetcher = _git.Fetching.NewRun();
        var scanned = new WorkingTreeScan(fetcher, _git.Folder).Run();
        Assert.Equal(mustScan, scanned is not null);
        if (scanned is null)
            return;
        var repository = new GitRepository(fetcher, _git.Folder, isBare: false);
        var asked = WorkingTree.Read(repository);
        Assert.Equal(asked.Head, scanned.Head);
        Assert.Equal(repository.HeadReference(), scanned.Reference);
        Assert.Equal(asked.Changed.Order(), scanned.Changed.Order());
        Assert.Equal(asked.Deleted.Order(), scanned.Deleted.Order());
        Assert.Equal(asked.Files, scanned.Files);
        Assert.Equal(
            FetchFixture.Show(asked.Open(_git.Folder)),
            FetchFixture.Show(scanned.Open(_git.Folder))
        );
    }

    private void Make(string change)
    {
        switch (change)
        {
            case "edited":
                _git.Write("a", "another");
                break;
            case "edited in a folder":
                _git.Write("b/d/e", "another");
                break;
            case "touched":
                File.SetLastWriteTimeUtc(
                    PathOf("a"),
                    new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc)
                );
                break;
            case "deleted":
                File.Delete(PathOf("b/c"));
                break;
            case "folder deleted":
                Directory.Delete(PathOf("b/d"), recursive: true);
                break;
            case "executable":
                File.SetUnixFileMode(PathOf("a"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
                break;
            case "link moved":
                Link("link", "b.f");
                break;
            case "link became file":
                File.Delete(PathOf("link"));
                _git.Write("link", "a");
                break;
            case "file became folder":
                File.Delete(PathOf("a"));
                _git.Write("a/b", "1");
                break;
            case "untracked":
                _git.Write("b/new", "1");
                break;
            case "packed":
                _git.Git("gc", "--quiet");
                break;
            case "detached":
                _git.Git("checkout", "--quiet", "--detach");
                break;
            case "added":
                _git.Write("new", "1");
                _git.Git("add", "new");
                break;
            case "intended":
                _git.Write("new", "1");
                _git.Git("add", "--intent-to-add", "new");
                break;
            case "removed from the index":
                _git.Git("rm", "--quiet", "--cached", "a");
                break;
            case "folder became link":
                Directory.Move(PathOf("b/d"), PathOf("moved"));
                Link("b/d", "../moved");
                break;
            case "converted":
                _git.Write(".gitattributes", "* text eol=crlf");
                _git.Write("a", "1\r\n");
                break;
            case "split":
                _git.Git("update-index", "--split-index");
                break;
        }
    }

    private string PathOf(string name) => Path.Combine(_git.Folder, name);

    private void Link(string name, string target)
    {
        File.Delete(PathOf(name));
        File.CreateSymbolicLink(PathOf(name), target);
    }
}
