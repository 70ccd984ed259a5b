using Ferry.Debian.Locks;

namespace Ferry.Debian.Tests.Locks;

public class PackageLockTests
{
    private static readonly string s_hash = new('a', 64);

    public static TheoryData<string> Committed =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository(), "packages/bootstrap/lock"))];

    [Theory]
    [MemberData(nameof(Committed))]
    public void A_committed_lock_is_as_it_would_be_written(string file)
    {
        var text = File.ReadAllText(file);
        var parsed = PackageLock.Parse(text);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), parsed.Architecture);
        Assert.Equal(text, parsed.Format());
    }

    [Fact]
    public void Every_root_is_in_its_locks()
    {
        var directory = Path.Combine(Repository(), "packages/bootstrap");
        var roots = LockRoots.Parse(File.ReadAllText(Path.Combine(directory, "roots.json")));
        foreach (var architecture in roots.Architectures)
        {
            var file = Path.Combine(directory, "lock", architecture + ".json");
            var names = PackageLock.Parse(File.ReadAllText(file)).Packages.Keys;
            Assert.Empty(roots.RootsOf(architecture).Except(names));
        }
    }

    [Fact]
    public void Changes_are_named_a_line_a_package()
    {
        var before = Lock(("a", "1"), ("b", "1"), ("gone", "1"));
        var after = Lock(("a", "1"), ("b", "2"), ("new", "1"));
        Assert.Equal(
            ["b: 1 -> 2", "gone: 1 is no longer needed", "new: 1 is new"],
            before.ChangesTo(after)
        );
    }

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("null", "null")]
    [InlineData("{}", "cannot be read")]
    [InlineData("""{"suite":"s","architecture":"a","packages":{"x":null}}""", "")]
    public void What_is_no_lock_is_refused(string json, string reason) =>
        Assert.Contains(reason, Assert.ThrowsAny<Exception>(() => PackageLock.Parse(json)).Message);

    [Fact]
    public void Pins_that_make_no_sense_are_refused()
    {
        var good = Lock(("a", "1")).Format();
        Assert.Contains("SHA-256", Failure(good.Replace(s_hash, "abc", StringComparison.Ordinal)));
        Assert.Contains(
            "size",
            Failure(good.Replace("\"size\": 5", "\"size\": 0", StringComparison.Ordinal))
        );
        Assert.Contains(
            "lacks 'lost'",
            Failure(
                good.Replace("\"depends\": []", "\"depends\": [\"lost\"]", StringComparison.Ordinal)
            )
        );
    }

    private static string Failure(string json) =>
        Assert.Throws<DebianException>(() => PackageLock.Parse(json)).Message;

    private static PackageLock Lock(params (string Name, string Version)[] packages)
    {
        var pins = new SortedDictionary<string, LockedPackage>(StringComparer.Ordinal);
        foreach (var (name, version) in packages)
            pins[name] = new()
            {
                Version = version,
                Filename = $"pool/{name}.deb",
                Size = 5,
                Sha256 = s_hash,
            };
        return new()
        {
            Suite = "trixie",
            Architecture = "amd64",
            Packages = pins,
        };
    }

    private static string Repository()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Ferry.slnx")))
            directory = Path.GetDirectoryName(directory)!;
        return directory;
    }
}
