using Ferry.Fetching.FileTrees;
using Ferry.Fetching.Inputs;
using Ferry.Formats.Inputs;
using Ferry.Formats.Urls;

namespace Ferry.Fetching.Tests.Git;

public sealed class GitFetchTests : IDisposable
{
    private const ulong CommitTime = 1704164645;

    private readonly GitFixture _git = new();

    public void Dispose() => _git.Dispose();

    [Fact]
    public void A_clean_tree_is_its_commit()
    {
        _git.Commit(("one", "1"));
        var revision = _git.Commit(("two", "2"));
        var fetched = _git.Fetching.Fetch(_git.Url);

        Assert.Equal("/\n/one 1\n/two 2", FetchFixture.Show(fetched.Tree));
        Assert.Equal(
            InputAttributes.Of(
                ("type", "git"),
                ("url", "file://" + _git.Folder),
                ("ref", "refs/heads/main"),
                ("rev", revision),
                ("revCount", 2UL),
                ("lastModified", CommitTime),
                ("__final", true)
            ),
            fetched.Input.Attributes
        );
        Assert.Empty(_git.Fetching.Warnings);
    }

    [Fact]
    public void A_dirty_tree_has_its_present_contents_and_says_of_what_it_is_a_change()
    {
        var revision = _git.Commit(("kept", "1"), ("changed", "1"), ("gone", "1"));
        _git.Write("changed", "2");
        File.Delete(Path.Combine(_git.Folder, "gone"));
        _git.Write("untracked", "1");
        _git.Write("intended", "1");
        _git.Git("add", "--intent-to-add", "intended");

        var fetched = _git.Fetching.Fetch(_git.Url);
        Assert.Equal("/\n/changed 2\n/intended 1\n/kept 1", FetchFixture.Show(fetched.Tree));
        Assert.Equal(revision + "-dirty", fetched.Input.Attributes.Text("dirtyRev"));
        Assert.Equal(revision[..7] + "-dirty", fetched.Input.Attributes.Text("dirtyShortRev"));
        Assert.Null(fetched.Input.Revision);
        Assert.Equal([$"Git tree '{_git.Folder}' is dirty"], _git.Fetching.Warnings);
    }

    [Fact]
    public void An_untracked_file_is_explained_with_the_way_out()
    {
        _git.Commit(("one", "1"));
        _git.Write("new", "1");
        var tree = _git.Fetching.Fetch(_git.Url).Tree;
        Assert.Null(tree.Kind("/new"));
        Assert.Contains($"git -C \"{_git.Folder}\" add \"new\"", tree.ExplainAbsence("/new"));
        Assert.Contains("does not exist in Git repository", tree.ExplainAbsence("/never"));
    }

    [Fact]
    public void Two_changes_of_a_dirty_tree_have_two_fingerprints()
    {
        _git.Commit(("one", "1"));
        _git.Write("one", "2");
        var first = _git.Fetching.Fetch(_git.Url).Fingerprint;
        _git.Write("one", "3");
        Assert.NotEqual(first, _git.Fetching.Fetch(_git.Url).Fingerprint);
    }

    [Fact]
    public void An_older_commit_is_read_from_the_repository()
    {
        var first = _git.Commit(("one", "1"));
        _git.Commit(("one", "2"));
        var fetched = _git.Fetching.Fetch($"{_git.Url}?rev={first}");
        Assert.Equal("/\n/one 1", FetchFixture.Show(fetched.Tree));
        Assert.Equal(1UL, fetched.Input.RevisionCount);
    }

    [Fact]
    public void Modes_links_and_folders_survive_a_commit()
    {
        _git.Write("bin/run", "x");
        File.SetUnixFileMode(
            Path.Combine(_git.Folder, "bin/run"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        File.CreateSymbolicLink(Path.Combine(_git.Folder, "link"), "bin/run");
        var revision = _git.Commit();
        Assert.Equal(
            "/\n/bin/\n/bin/run* x\n/link -> bin/run",
            FetchFixture.Show(_git.Fetching.Fetch($"{_git.Url}?rev={revision}").Tree)
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_an_archive_would_leave_out_is_left_out_when_asked(bool isClean)
    {
        _git.Commit(
            (".gitattributes", "secret export-ignore\nfolder export-ignore\n"),
            ("secret", "1"),
            ("folder/file", "1"),
            ("kept", "1")
        );
        if (!isClean)
            _git.Write("kept", "2");
        var revision = isClean ? "&rev=" + _git.Git("rev-parse", "HEAD") : "";
        var tree = _git.Fetching.Fetch($"{_git.Url}?exportIgnore=1{revision}").Tree;
        Assert.Equal(["/.gitattributes", "/kept"], Names(tree));
    }

    [Fact]
    public void A_worktree_is_a_tree_of_its_own()
    {
        _git.Commit(("one", "1"));
        var other = Path.Combine(_git.Fetching.Folder, "other");
        _git.Git("worktree", "add", "--quiet", "-b", "side", other);
        File.WriteAllText(Path.Combine(other, "one"), "side");
        Assert.Equal(
            "/\n/one side",
            FetchFixture.Show(_git.Fetching.Fetch("git+file://" + other).Tree)
        );
    }

    [Fact]
    public void A_submodule_is_fetched_when_asked()
    {
        var inner = Path.Combine(_git.Fetching.Folder, "inner");
        Directory.CreateDirectory(inner);
        GitFixture.GitIn(inner, "init", "--quiet", "--initial-branch", "main");
        File.WriteAllText(Path.Combine(inner, "file"), "inner");
        GitFixture.GitIn(inner, "add", "file");
        GitFixture.GitIn(inner, "commit", "--quiet", "--message", "inner");
        _git.Commit(("one", "1"));
        _git.Git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner, "sub");
        var revision = _git.Commit();

        foreach (var place in new[] { "submodules=1", $"submodules=1&rev={revision}" })
        {
            var tree = _git.Fetching.Fetch($"{_git.Url}?{place}").Tree;
            Assert.Equal(["/.gitmodules", "/one", "/sub/file"], Names(tree));
        }

        Assert.Equal(
            ["/.gitmodules", "/one"],
            Names(_git.Fetching.Fetch($"{_git.Url}?rev={revision}").Tree)
        );
    }

    [Fact]
    public void A_remote_repository_is_asked_again_only_after_its_time()
    {
        _git.Fetching.Settings = _git.Fetching.Settings with { ClonesLocalRepositories = true };
        var first = _git.Commit(("one", "1"));
        Assert.Equal(first, Revision());
        var second = _git.Commit(("one", "2"));
        Assert.Equal(first, Revision());
        _git.Fetching.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(second, Revision());

        string? Revision() =>
            _git.Fetching.Fetch(_git.Url + "?ref=main").Input.Attributes.Text("rev");
    }

    [Fact]
    public void A_remote_repository_that_is_gone_leaves_its_clone()
    {
        _git.Fetching.Settings = _git.Fetching.Settings with { ClonesLocalRepositories = true };
        var revision = _git.Commit(("one", "1"));
        _git.Fetching.Fetch(_git.Url);
        Directory.Move(_git.Folder, _git.Folder + ".moved");
        _git.Fetching.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(revision, _git.Fetching.Fetch(_git.Url).Input.Attributes.Text("rev"));
        Assert.Contains(_git.Fetching.Warnings, warning => warning.Contains("most recent version"));
    }

    [Fact]
    public void A_file_in_large_file_storage_without_its_program_is_a_clear_error()
    {
        Assert.SkipWhen(
            Path.Exists("/usr/bin/git-lfs"),
            "git-lfs is installed, so nothing can be missing"
        );
        var revision = _git.Commit(
            ("big", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n")
        );
        var tree = _git.Fetching.Fetch($"{_git.Url}?rev={revision}&lfs=1").Tree;
        var failure = Assert.Throws<FetchException>(() => tree.Read("/big"));
        Assert.Contains("the program 'git-lfs' is not there", failure.Message);
    }

    [Fact]
    public void A_clone_of_a_revision_has_its_files_and_the_whole_repository()
    {
        var revision = _git.Commit(("one", "1"));
        _git.Commit(("one", "2"));
        var folder = Path.Combine(_git.Fetching.Folder, "clone");

        Clone($"{_git.Url}?rev={revision}", folder);

        Assert.Equal("1", File.ReadAllText(Path.Combine(folder, "one")));
        Assert.Equal(revision, GitFixture.GitIn(folder, "rev-parse", "HEAD"));
        Assert.Equal("2", GitFixture.GitIn(folder, "rev-list", "--count", "origin/main"));
    }

    [Fact]
    public void A_clone_of_a_revision_that_is_nowhere_leaves_nothing()
    {
        _git.Commit(("one", "1"));
        var folder = Path.Combine(_git.Fetching.Folder, "clone");

        Assert.Throws<FetchException>(() => Clone($"{_git.Url}?rev={new string('1', 40)}", folder));
        Assert.False(Path.Exists(folder));
    }

    private void Clone(string url, string folder) =>
        _git.Fetching.NewRun().Clone(InputSchemes.Parse(Url.Parse(url)), folder);

    private static string[] Names(IFileTree tree)
    {
        var lines = FetchFixture.Show(tree).Split('\n').Where(line => !line.EndsWith('/'));
        return [.. lines.Where(line => line.StartsWith('/')).Select(line => line.Split(' ')[0])];
    }
}
