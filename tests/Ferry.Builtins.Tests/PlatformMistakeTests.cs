using Ferry.Builtins.Tests.Hosting;

namespace Ferry.Builtins.Tests;

public class PlatformMistakeTests
{
    // Packages as nixpkgs' stdenv makes them; the tool does not evaluate.
    private const string Packages = """
        let
          board.config = "riscv64-unknown-linux-gnu";
          desk.config = "x86_64-unknown-linux-gnu";
          tool = host: {
            pname = "tool";
            stdenv = { buildPlatform = desk; hostPlatform = host; };
            outPath = throw "tool is not for this platform";
          };
          make = attributes: (derivationStrict ({
            name = "thing";
            system = "x86_64-linux";
            builder = "/bin/sh";
            stdenv = { buildPlatform = desk; hostPlatform = board; outPath = "/stdenv"; };
          } // attributes)).drvPath;
        in

        """;

    private const string Advice =
        "'tool' is a program for riscv64-unknown-linux-gnu, but what stands in 'nativeBuildInputs' of 'thing' runs on x86_64-unknown-linux-gnu while it is built: 'buildPackages.tool' is the one for that";

    private static string Show(string program) => new TestEvaluation().Show(Packages + program);

    [Fact]
    public void A_program_for_the_host_among_those_that_run_during_the_build_is_named()
    {
        var shown = Show("make { nativeBuildInputs = [ (tool board) ]; }");

        Assert.Contains(Advice, shown);
        Assert.Contains("tool is not for this platform", shown);
    }

    [Theory]
    [InlineData("make { nativeBuildInputs = [ (tool desk) ]; }")]
    [InlineData("make { buildInputs = [ (tool board) ]; }")]
    [InlineData("make { nativeBuildInputs = [ (throw \"tool is not for this platform\") ]; }")]
    public void Other_failures_are_left_alone(string program)
    {
        var shown = Show(program);

        Assert.DoesNotContain("buildPackages", shown);
        Assert.Contains("tool is not for this platform", shown);
    }
}
