namespace Ferry.Cli.Tests;

public class CommandLineTests
{
    [Fact]
    public void The_version_names_ferry_and_the_stock_it_answers_as() =>
        Assert.Matches(
            @"^ferry \d+\.\d+\.\d+ \(Nix 2\.34\.8\)\n$",
            FerryProgram.Run("--version").Succeeded().Output
        );

    [Fact]
    public void A_mistyped_command_gets_a_near_name()
    {
        var outcome = FerryProgram.Run("bild").Failed();
        Assert.Equal(
            "error: 'bild' is not a recognised command\n       Did you mean build?\nTry 'ferry --help' for more information.",
            outcome.Error
        );
    }

    [Fact]
    public void A_mistyped_option_gets_a_near_name()
    {
        var outcome = FerryProgram.Run("build", "--no-lnk").Failed();
        Assert.Contains("unrecognised flag '--no-lnk'", outcome.Error);
        Assert.Contains("Did you mean --no-link?", outcome.Error);
    }

    [Fact]
    public void Every_command_has_a_short_help_text()
    {
        foreach (var verb in new[] { "build", "run", "eval", "derivation show", "store ls" })
        {
            var outcome = FerryProgram.Run([.. verb.Split(' '), "-h"]).Succeeded();
            Assert.StartsWith($"Usage: ferry {verb}", outcome.Output);
        }
    }

    [Fact]
    public void A_message_has_the_bytes_that_the_program_had()
    {
        const string Script =
            "printf 'throw \"\\377\"' | \"$0\" nix-instantiate --eval - 2>&1 | tail -c 2 | od -An -tx1";
        var outcome = FerryProgram
            .Run(new RunOptions { Program = "/bin/sh" }, "-c", Script, FerryProgram.Path)
            .Succeeded();
        Assert.Equal(" ff 0a\n", outcome.Output);
    }
}
