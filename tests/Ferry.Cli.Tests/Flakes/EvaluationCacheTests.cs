namespace Ferry.Cli.Tests.Flakes;

/// <summary>The cache of evaluations answers what evaluation would answer, whatever has changed since.</summary>
public class EvaluationCacheTests
{
    private const string Package =
        "packages.x86_64-linux.default = derivation { name = \"a\"; system = \"x86_64-linux\"; builder = \"/bin/sh\"; args = [ (builtins.readFile ./data) ]; };";

    [Fact]
    public void A_commit_that_touches_nothing_that_was_read_changes_nothing()
    {
        using var flake = new CachedFlake("x = builtins.readFile ./data;");
        flake.Evaluates("one", "eval", "--raw", ".#x");
        flake.Remembers("one", "eval", "--raw", ".#x");
        flake.Write("other", "changed");
        flake.Remembers("one", "eval", "--raw", ".#x");
        flake.Write("new", "new");
        flake.Commit();
        flake.Remembers("one", "eval", "--raw", ".#x");
    }

    [Theory]
    [InlineData("self ? rev")]
    [InlineData("builtins.hasAttr \"rev\" self")]
    [InlineData("(self.sourceInfo // { a = 1; }) ? rev")]
    [InlineData("builtins.elem \"rev\" (builtins.attrNames self)")]
    [InlineData("(builtins.mapAttrs (_: _: 1) self) ? rev")]
    [InlineData("(builtins.removeAttrs self [ \"x\" ]) ? rev")]
    [InlineData("({ rev ? false, ... }: rev != false) self")]
    [InlineData("(let dirty = false; in with { rev = null; }; with self.sourceInfo; rev) != null")]
    public void Whether_a_tree_is_dirty_counts_where_it_can_be_seen(string expression)
    {
        using var flake = new CachedFlake($"x = {expression}; y = self.z; z = 1;");
        flake.Evaluates("true", "eval", ".#x");
        flake.Evaluates("1", "eval", ".#y");
        flake.Write("other", "changed");
        flake.Evaluates("false", "eval", ".#x");
        flake.Remembers("1", "eval", ".#y");
        FlakePlace.Git(flake.Folder, "checkout", "--quiet", ".");
        flake.Remembers("true", "eval", ".#x");
    }

    [Fact]
    public void Other_commands_remember_too()
    {
        using var flake = new CachedFlake(
            Package
                + " apps.x86_64-linux.app = { type = \"app\"; program = \"${self.packages.x86_64-linux.default}/bin/a\"; };"
        );
        foreach (
            var command in (string[][])
                [
                    ["flake", "show"],
                    ["flake", "show", "--json"],
                    ["search", ".", "a"],
                    ["derivation", "show", ".#default"],
                ]
        )
        {
            var before = flake.Run(command);
            Assert.False(before.IsHit);
            var again = flake.Run(command);
            Assert.True(again.IsHit);
            Assert.Equal(before.Text, again.Text);
        }

        flake.Write("other", "changed");
        flake.Commit();
        var shown = flake.Run("flake", "show");
        Assert.True(shown.IsHit);
        Assert.Contains(FlakePlace.Git(flake.Folder, "rev-parse", "HEAD"), shown.Text);
    }

    [Fact]
    public void An_edited_file_is_read_again_dirty_or_committed()
    {
        using var flake = new CachedFlake("x = builtins.readFile ./data;");
        flake.Evaluates("one", "eval", "--raw", ".#x");
        // The same length and time.
        flake.Write("data", "two");
        flake.Evaluates("two", "eval", "--raw", ".#x");
        flake.Remembers("two", "eval", "--raw", ".#x");
        // Git itself does not see such a change in the second of its commit.
        flake.Write("data", "third");
        flake.Evaluates("third", "eval", "--raw", ".#x");
        flake.Commit();
        flake.Remembers("third", "eval", "--raw", ".#x");
        flake.WriteOutputs("x = \"three\";");
        flake.Evaluates("three", "eval", "--raw", ".#x");
    }

    [Fact]
    public void What_was_missing_is_seen_when_it_is_there()
    {
        using var flake = new CachedFlake(
            "x = builtins.toJSON [ (builtins.pathExists ./new) (builtins.attrNames (builtins.readDir ./.)) ];"
        );
        const string before = "[false,[\"data\",\"flake.nix\",\"other\"]]";
        flake.Evaluates(before, "eval", "--raw", ".#x");
        // Untracked files are no part of the flake.
        flake.Write("new", "");
        flake.Remembers(before, "eval", "--raw", ".#x");
        flake.Commit();
        flake.Evaluates(
            "[true,[\"data\",\"flake.nix\",\"new\",\"other\"]]",
            "eval",
            "--raw",
            ".#x"
        );
        FlakePlace.Git(flake.Folder, "mv", "new", "newer");
        flake.Evaluates(
            "[false,[\"data\",\"flake.nix\",\"newer\",\"other\"]]",
            "eval",
            "--raw",
            ".#x"
        );
        // Not tracked any more, though it is still there.
        FlakePlace.Git(flake.Folder, "rm", "--quiet", "--force", "--cached", "newer");
        Assert.Equal(before, flake.Run("eval", "--raw", ".#x").Text);
    }

    [Fact]
    public void Kinds_and_targets_of_files_count()
    {
        using var flake = new CachedFlake(
            "x = builtins.toJSON [ (builtins.readFile ./link) (builtins.readFileType ./link) ];"
        );
        var link = Path.Combine(flake.Folder, "link");
        File.CreateSymbolicLink(link, "data");
        flake.Write("third", "third");
        flake.Commit();
        flake.Evaluates("[\"one\",\"symlink\"]", "eval", "--raw", ".#x");
        flake.Remembers("[\"one\",\"symlink\"]", "eval", "--raw", ".#x");
        File.Delete(link);
        File.CreateSymbolicLink(link, "third");
        flake.Evaluates("[\"third\",\"symlink\"]", "eval", "--raw", ".#x");
        File.Delete(link);
        flake.Write("link", "one");
        flake.Evaluates("[\"one\",\"regular\"]", "eval", "--raw", ".#x");
    }

    [Fact]
    public void What_a_flake_knows_of_its_source_is_asked_again()
    {
        using var flake = new CachedFlake(
            "rev = self.rev or self.dirtyRev; hash = self.narHash; place = self.outPath; text = toString ./data; time = self.lastModified;"
        );
        foreach (var name in new[] { "rev", "hash", "place", "text" })
        {
            var before = flake.Run("eval", "--raw", $".#{name}");
            Assert.False(before.IsHit);
            flake.Remembers(before.Text, "eval", "--raw", $".#{name}");
            flake.Write("other", name);
            flake.Commit();
            var after = flake.Run("eval", "--raw", $".#{name}");
            Assert.NotEqual(before.Text, after.Text);
        }

        var time = flake.Run("eval", ".#time").Text;
        flake.Remembers(time, "eval", ".#time");
    }

    [Fact]
    public void A_filter_that_gets_paths_makes_everything_count()
    {
        using var flake = new CachedFlake(
            "x = builtins.path { name = \"x\"; path = ./.; filter = path: type: builtins.hashString \"md5\" path != \"\" && baseNameOf path == \"data\"; };"
        );
        var before = flake.Run("eval", "--raw", ".#x");
        flake.Remembers(before.Text, "eval", "--raw", ".#x");
        flake.Write("other", "two");
        flake.Evaluates(before.Text, "eval", "--raw", ".#x");
        flake.Write("data", "two");
        Assert.NotEqual(before.Text, flake.Run("eval", "--raw", ".#x").Text);
    }

    [Fact]
    public void The_clock_and_the_environment_count_where_they_can_be_seen()
    {
        using var flake = new CachedFlake(
            "time = builtins.currentTime; x = builtins.getEnv \"SOMETHING\"; pure = builtins.getEnv \"SOMETHING\";"
        );
        flake.Run("eval", "--impure", ".#time");
        Assert.False(flake.Run("eval", "--impure", ".#time").IsHit);

        flake.Variables["SOMETHING"] = "one";
        flake.Evaluates("one", "eval", "--impure", "--raw", ".#x");
        flake.Remembers("one", "eval", "--impure", "--raw", ".#x");
        flake.Variables["SOMETHING"] = "two";
        flake.Evaluates("two", "eval", "--impure", "--raw", ".#x");
        flake.Variables.Remove("SOMETHING");
        flake.Evaluates("", "eval", "--impure", "--raw", ".#x");
        flake.Evaluates("", "eval", "--raw", ".#x");
        flake.Variables["SOMETHING"] = "one";
        flake.Remembers("", "eval", "--raw", ".#x");
    }

    [Fact]
    public void Files_of_the_machine_count_where_they_can_be_seen()
    {
        using var flake = new CachedFlake("x = 1;");
        var file = Path.Combine(flake.Root, "outside");
        flake.WriteOutputs($"x = builtins.readFile {file};");
        File.WriteAllText(file, "one");
        flake.Evaluates("one", "eval", "--impure", "--raw", ".#x");
        flake.Remembers("one", "eval", "--impure", "--raw", ".#x");
        File.WriteAllText(file, "two");
        flake.Evaluates("two", "eval", "--impure", "--raw", ".#x");
        flake.Call("eval", "--raw", ".#x").Failed();
    }

    [Fact]
    public void Options_and_settings_are_part_of_the_question()
    {
        using var flake = new CachedFlake(
            "x = builtins.currentSystem; packages.riscv64-linux.y = 1; packages.x86_64-linux.y = 2;"
        );
        flake.Evaluates(
            "riscv64-linux",
            "eval",
            "--impure",
            "--raw",
            ".#x",
            "--system",
            "riscv64-linux"
        );
        flake.Evaluates(
            "x86_64-linux",
            "eval",
            "--impure",
            "--raw",
            ".#x",
            "--system",
            "x86_64-linux"
        );
        flake.Evaluates("1", "eval", ".#y", "--option", "system", "riscv64-linux");
        flake.Evaluates("2", "eval", ".#y", "--option", "system", "x86_64-linux");
        flake.Remembers("1", "eval", ".#y", "--option", "system", "riscv64-linux");
        flake.Evaluates("4", "eval", ".#y", "--apply", "x: x + 2", "--system", "x86_64-linux");
        flake.Evaluates(
            "2",
            "eval",
            ".#y",
            "--option",
            "system",
            "x86_64-linux",
            "--no-eval-cache"
        );
    }

    [Fact]
    public void Inputs_count_as_the_flake_itself_does()
    {
        using var flake = new CachedFlake("x = 1;");
        foreach (var name in new[] { "a", "b" })
        {
            var folder = Path.Combine(flake.Root, name);
            Directory.CreateDirectory(folder);
            File.WriteAllText(
                Path.Combine(folder, "flake.nix"),
                $"{{ outputs = _: {{ x = \"{name}\"; }}; }}"
            );
        }

        flake.Write(
            "flake.nix",
            $"{{ inputs.a.url = \"path:{flake.Root}/a\"; outputs = {{ self, a }}: {{ x = a.x; }}; }}"
        );
        flake.Run("flake", "lock");
        flake.Commit();
        flake.Run("eval", "--raw", ".#x");
        flake.Remembers("a", "eval", "--raw", ".#x");
        string[] other = ["eval", "--raw", ".#x", "--override-input", "a", $"path:{flake.Root}/b"];
        flake.Evaluates("b", other);
        flake.Remembers("b", other);
        File.WriteAllText(
            Path.Combine(flake.Root, "b", "flake.nix"),
            "{ outputs = _: { x = \"c\"; }; }"
        );
        flake.Evaluates("c", other);
        flake.Remembers("a", "eval", "--raw", ".#x");

        // The folder is locked; what it has become is for a new lock.
        File.WriteAllText(
            Path.Combine(flake.Root, "a", "flake.nix"),
            "{ outputs = _: { x = \"d\"; }; }"
        );
        flake.Run("flake", "update");
        flake.Evaluates("d", "eval", "--raw", ".#x");
    }

    [Fact]
    public void What_evaluation_has_said_is_said_again()
    {
        using var flake = new CachedFlake("x = builtins.trace \"heard\" 1;");
        flake.Evaluates("1", "eval", ".#x");
        var again = flake.Call("eval", ".#x").Succeeded();
        Assert.Contains("using an earlier result", again.Error);
        Assert.Contains("trace: heard", again.Error);
    }

    [Fact]
    public void A_dirty_tree_is_called_so_each_time()
    {
        using var flake = new CachedFlake("x = 1;");
        flake.Write("other", "changed");
        for (var time = 0; time < 3; time++)
            Assert.Contains("is dirty", flake.Call("eval", ".#x").Succeeded().Error);
        FlakePlace.Git(flake.Folder, "checkout", "--quiet", ".");
        Assert.DoesNotContain("is dirty", flake.Call("eval", ".#x").Succeeded().Error);
        flake.Write("other", "changed");
        flake.Call("eval", ".#x", "--no-allow-dirty").Failed();
    }

    [Fact]
    public void Derivations_must_still_be_there()
    {
        using var flake = new CachedFlake(Package);
        var derivation = flake.Run("path-info", "--derivation", ".#default");
        Assert.False(derivation.IsHit);
        flake.Remembers(derivation.Text, "path-info", "--derivation", ".#default");
        flake.Write("data", "changed");
        var other = flake.Run("path-info", "--derivation", ".#default");
        Assert.NotEqual(derivation.Text, other.Text);
        FlakePlace.Git(flake.Folder, "checkout", "--quiet", ".");
        flake.Call("store", "delete", derivation.Text);
        Assert.Equal(derivation.Text, flake.Run("path-info", "--derivation", ".#default").Text);
        Assert.True(File.Exists(flake.Root + "/store" + derivation.Text));
    }

    [Fact]
    public void Damage_and_other_versions_are_no_answers()
    {
        using var flake = new CachedFlake("x = 1;");
        flake.Evaluates("1", "eval", ".#x");
        var file = Assert.Single(Directory.GetFiles(flake.CacheFolder));
        var bytes = File.ReadAllBytes(file);
        foreach (
            var damaged in (byte[][])
                [
                    [],
                    bytes[..^5],
                    [.. bytes, 0],
                    [.. "ferry-evaluation-0\n"u8, .. bytes[19..]],
                ]
        )
        {
            File.WriteAllBytes(file, damaged);
            flake.Evaluates("1", "eval", ".#x");
            flake.Remembers("1", "eval", ".#x");
        }
    }

    [Fact]
    public void Many_processes_at_once_give_one_answer()
    {
        using var flake = new CachedFlake(Package);
        var outcomes = Enumerable
            .Range(0, 6)
            .AsParallel()
            .WithDegreeOfParallelism(6)
            .Select(_ => flake.Run("path-info", "--derivation", ".#default").Text)
            .ToList();
        Assert.Single(outcomes.Distinct());
        Assert.True(flake.Run("path-info", "--derivation", ".#default").IsHit);
    }

    [Fact]
    public void A_flake_in_a_plain_folder_is_remembered_too()
    {
        using var flake = new CachedFlake("x = builtins.readFile ./data; t = self.lastModified;");
        var url = $"path:{flake.Folder}";
        flake.Evaluates("one", "eval", "--raw", url + "#x");
        flake.Remembers("one", "eval", "--raw", url + "#x");
        flake.Write("other", "two");
        flake.Remembers("one", "eval", "--raw", url + "#x");
        flake.Write("data", "two");
        flake.Evaluates("two", "eval", "--raw", url + "#x");
        var time = flake.Run("eval", url + "#t").Text;
        File.SetLastWriteTimeUtc(
            Path.Combine(flake.Folder, "other"),
            new DateTime(2100, 1, 1, 0, 0, 0, DateTimeKind.Utc)
        );
        Assert.NotEqual(time, flake.Run("eval", url + "#t").Text);
    }
}
