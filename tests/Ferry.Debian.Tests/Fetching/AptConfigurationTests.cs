using Ferry.Debian.Fetching;

namespace Ferry.Debian.Tests.Fetching;

public class AptConfigurationTests
{
    private static readonly AptConfiguration s_sample = new(
        "/cache/apt",
        "http://mirror.example/debian",
        "trixie",
        "main",
        ["amd64", "riscv64"]
    );

    [Fact]
    public void Apt_works_in_directories_of_ours_only()
    {
        var lines = s_sample.FormatConfiguration().TrimEnd('\n').Split('\n');
        Assert.All(
            lines.Where(line => line.StartsWith("Dir::", StringComparison.Ordinal)),
            line =>
                Assert.True(
                    line.Contains("\"/cache/apt/", StringComparison.Ordinal)
                        || line.EndsWith("\"-\";", StringComparison.Ordinal)
                        || line.EndsWith("\"\";", StringComparison.Ordinal)
                        || line.EndsWith("\"pkgcache.bin\";", StringComparison.Ordinal),
                    line
                )
        );
        Assert.Contains("Dir::State::status \"/cache/apt/status\";", lines);
        Assert.Contains("Dir::Etc::sourceparts \"-\";", lines);
        Assert.Contains("APT::Architecture \"amd64\";", lines);
        Assert.Contains("APT::Architectures:: \"riscv64\";", lines);
        Assert.Contains("APT::Install-Recommends \"false\";", lines);
        Assert.Contains("#clear APT::Update::Post-Invoke-Success;", lines);
    }

    [Fact]
    public void The_archive_is_verified_with_the_sets_keys_and_sources_are_asked_for_when_wanted()
    {
        const string archive =
            "[signed-by=/cache/apt/archive-keys.asc] http://mirror.example/debian trixie main\n";
        Assert.Equal("deb " + archive, s_sample.FormatSources());
        Assert.Equal(
            $"deb {archive}deb-src {archive}",
            (s_sample with { HasSources = true }).FormatSources()
        );
    }

    [Theory]
    [InlineData("/a\"b")]
    [InlineData("/a b")]
    public void A_directory_that_apt_cannot_name_is_refused(string directory) =>
        Assert.Throws<DebianException>(() =>
            (s_sample with { Directory = directory }).FormatConfiguration()
        );

    [Fact]
    public void Apt_is_asked_by_name_architecture_and_version()
    {
        var package = Samples.Package(name: "bash", version: "1:5.2-1", architecture: "riscv64");
        Assert.Equal("bash:riscv64=1:5.2-1", package.AptRequest);
        Assert.Equal("bash_1%3a5.2-1_riscv64.deb", package.AptFileName);
        Assert.Equal("bash=1:5.2-1", (package with { Architecture = "all" }).AptRequest);
    }
}
