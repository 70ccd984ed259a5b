using Ferry.Emulation.Running;
using Ferry.Platform.Files;
using Ferry.Platform.Tests;

namespace Ferry.Emulation.Tests;

public class ProgramInspectorTests
{
    [Fact]
    public void A_script_is_judged_by_its_interpreter_in_a_mapped_store()
    {
        using var scratch = new Scratch();
        ForeignPrograms.Write(scratch["shell"], ForeignPrograms.Greeting("aarch64-linux", "x"));
        SymbolicLink.Create("/nix/store/shell", scratch["sh"]);
        File.WriteAllText(scratch["script"], "#! /nix/store/sh -e\necho\n");

        var inspected = Inspector(scratch).Inspect("/nix/store/script");

        Assert.Equal("/nix/store/sh", inspected.Path);
        Assert.Equal("aarch64", inspected.Architecture!.QemuName);
        Assert.True(inspected.Header.IsStatic);
    }

    [Theory]
    [InlineData("text", "neither an ELF program nor a script")]
    [InlineData("#!/nix/store/missing\n", "'/nix/store/missing' does not exist")]
    [InlineData("#!/nix/store/p\n", "script of a script")]
    public void What_cannot_be_run_is_explained(string content, string reason)
    {
        using var scratch = new Scratch();
        File.WriteAllText(scratch["p"], content);

        var failure = Assert.Throws<EmulationException>(() =>
            Inspector(scratch).Inspect("/nix/store/p")
        );

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "'/nix/store/p' cannot be run",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    private static ProgramInspector Inspector(Scratch scratch) =>
        new(path => path.Replace("/nix/store", scratch.Path, StringComparison.Ordinal));
}
