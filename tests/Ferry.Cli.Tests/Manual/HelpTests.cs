namespace Ferry.Cli.Tests.Manual;

/// <summary>The manual as a person sees it.</summary>
public class HelpTests
{
    [Theory]
    [InlineData("key-generate-secret")]
    [InlineData("nix-hash")]
    public void A_page_looks_as_recorded(string name)
    {
        Compare(name + ".txt", FerryProgram.Run("help", name).Succeeded().Output);
        Compare(name + ".1", FerryProgram.Run("help", "--man", name).Succeeded().Output);
    }

    [Fact]
    public void Help_of_a_command_is_its_page()
    {
        var page = FerryProgram.Run("help", "flake", "update").Succeeded().Output;
        Assert.StartsWith("Name\n    ferry flake update - ", page);
        Assert.Equal(page, FerryProgram.Run("flake", "update", "--help").Succeeded().Output);
        Assert.Equal(page, FerryProgram.Run("help", "flake-update").Succeeded().Output);
    }

    [Fact]
    public void Help_of_an_older_command_is_its_page() =>
        Assert.StartsWith(
            "Name\n    nix-build - ",
            FerryProgram.Run("nix-build", "--help").Succeeded().Output
        );

    [Fact]
    public void A_group_is_a_list_of_its_commands()
    {
        var outcome = FerryProgram.Run("help", "registry").Succeeded();
        Assert.Contains("registry pin", outcome.Output);
        Assert.DoesNotContain("flake show", outcome.Output);
    }

    [Fact]
    public void The_page_of_settings_has_every_setting_with_its_default()
    {
        var page = FerryProgram.Run("help", "settings").Succeeded().Output;
        Assert.Matches(@"\n    log-lines = 25 +how many lines", page);
        Assert.Matches(@"\n    sandbox-shell = +the static program", page);
    }

    [Theory]
    [InlineData("bild", "build")]
    [InlineData("setings", "settings")]
    public void A_mistyped_name_gets_a_near_one(string typed, string near)
    {
        var outcome = FerryProgram.Run("help", typed).Failed();
        Assert.Contains($"'{typed}' is neither a command nor a concept", outcome.Error);
        Assert.Contains($"Did you mean {near}?", outcome.Error);
    }

    [Fact]
    public void The_short_text_has_options_only()
    {
        var outcome = FerryProgram.Run("build", "-h").Succeeded();
        Assert.StartsWith("Usage: ferry build", outcome.Output);
        Assert.DoesNotContain("Examples", outcome.Output);
    }

    private static void Compare(string file, string text)
    {
        var version = FerryProgram.Run("--version").Succeeded().Output.Split(' ')[1];
        var found = WithoutSharedOptions(text).Replace(version, "VERSION");
        var path = Path.Combine(FerryProgram.Root, "tests/corpus/manual", file);
        if (Environment.GetEnvironmentVariable("FERRY_ACCEPT") == "1")
            File.WriteAllText(path, found);
        Assert.Equal(File.ReadAllText(path), found);
    }

    // They are the same on every page, and change with every setting that is new.
    private static string WithoutSharedOptions(string page)
    {
        var start = page.IndexOf("Options of every", StringComparison.OrdinalIgnoreCase);
        var end = page.IndexOf("See also", StringComparison.OrdinalIgnoreCase);
        Assert.True(start > 0 && end > start, page);
        return page[..start] + page[end..];
    }
}
