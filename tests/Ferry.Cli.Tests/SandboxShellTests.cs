namespace Ferry.Cli.Tests;

/// <summary><c>/bin/sh</c> of a build is a static shell of the derivation's own system.</summary>
[Collection(nameof(StoreFixture))]
public sealed class SandboxShellTests(StoreFixture store)
{
    [Theory]
    [InlineData("x86_64-linux", "x86_64")]
    [InlineData("riscv64-linux", "riscv64")]
    [InlineData("aarch64-linux", "aarch64")]
    public void The_shell_of_a_build_names_the_machine_of_the_derivation(
        string system,
        string processor
    )
    {
        var expression =
            $"derivation {{ name = \"shell\"; system = \"{system}\"; builder = \"/bin/sh\"; "
            + "args = [ \"-c\" \"echo $HOSTTYPE $OSTYPE > $out\" ]; }";
        var path = store
            .Run("build", "--no-link", "--print-out-paths", "--impure", "--expr", expression)
            .Succeeded()
            .Output;
        Assert.Equal($"{processor} linux-gnu\n", File.ReadAllText(store.Real(path)));
    }
}
