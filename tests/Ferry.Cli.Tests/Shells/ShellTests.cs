namespace Ferry.Cli.Tests.Shells;

public sealed class ShellTests(ShellPlace place) : IClassFixture<ShellPlace>
{
    [Fact]
    public void Programs_of_packages_are_found_first()
    {
        var outcome = place
            .Run(
                "shell",
                "-f",
                "packages.nix",
                "greet",
                "other",
                "-c",
                "sh",
                "-c",
                "greet 1; other 2"
            )
            .Succeeded();
        Assert.Equal("hello 1\nother 2\n", outcome.Output);
        Assert.Equal(
            "hello x\n",
            place.Run("env", "shell", "-f", "packages.nix", "greet", "-c", "greet", "x").Output
        );
    }

    [Fact]
    public void Without_a_command_the_persons_shell_is_started()
    {
        var options = new RunOptions { Input = "greet; echo $0" };
        var outcome = place.Run(options, "shell", "-f", "packages.nix", "greet").Succeeded();
        Assert.Equal("hello\n/bin/sh\n", outcome.Output);
    }

    [Fact]
    public void What_a_package_brings_along_is_found_too() =>
        Assert.Equal(
            "hello\n",
            place.Run("shell", "-f", "packages.nix", "bringing", "-c", "greet").Succeeded().Output
        );

    [Fact]
    public void Variables_are_the_persons_unless_options_say_otherwise()
    {
        var options = new RunOptions
        {
            Environment = new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" },
        };
        string[] shell = ["shell", "-f", "packages.nix", "greet"];
        Assert.Contains("\nA=1\n", place.Run(options, [.. shell, "-c", "env"]).Succeeded().Output);
        var kept = place.Run(
            options,
            [.. shell, "-i", "-k", "B", "-s", "C", "3", "-c", "/usr/bin/env"]
        );
        Assert.Matches(
            "^(B=2\n|C=3\n|PATH=/nix/store/[^:]*-greet/bin\n){3}$",
            kept.Succeeded().Output
        );
        Assert.DoesNotContain(
            "\nA=1\n",
            place.Run(options, [.. shell, "-u", "A", "-c", "env"]).Succeeded().Output
        );
    }

    [Fact]
    public void A_program_that_is_not_there_is_one_error() =>
        Assert.Contains(
            "unable to execute 'nowhere': No such file or directory",
            place.Run("shell", "-f", "packages.nix", "greet", "-c", "nowhere").Failed().Error
        );

    [Fact]
    public void Run_takes_the_same_options()
    {
        var outcome = place
            .Run("run", "-i", "-f", "packages.nix", "greet", "--", "a", "-b")
            .Succeeded();
        Assert.Equal("hello a -b\n", outcome.Output);
    }
}
