namespace Ferry.Cli.Tests;

public sealed class StorePlaceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ferry-place-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_store_is_made_where_the_environment_says()
    {
        Run("nix-store", "--init").Succeeded();
        Assert.True(File.Exists($"{_folder}/var/db/db.sqlite"));

        var path = Run("store", "add-file", WriteFile("hello")).Succeeded().Output.Trim();
        Assert.StartsWith($"{_folder}/store/", path);
        Assert.Equal("hello", File.ReadAllText(path));

        // What is there already stays.
        Run("nix-store", "--init").Succeeded();
        Run("nix-store", "--check-validity", path).Succeeded();
    }

    [Fact]
    public void To_make_a_store_takes_no_operands() =>
        Assert.Contains(
            "no arguments expected",
            Run("nix-store", "--init", "there").Failed().Error
        );

    private string WriteFile(string content)
    {
        var path = $"{_folder}/file";
        File.WriteAllText(path, content);
        return path;
    }

    private Outcome Run(params string[] arguments) =>
        FerryProgram.Run(
            new RunOptions
            {
                Environment = new Dictionary<string, string>
                {
                    ["NIX_STORE_DIR"] = $"{_folder}/store",
                    ["NIX_STATE_DIR"] = $"{_folder}/var",
                    ["NIX_LOG_DIR"] = $"{_folder}/log",
                },
            },
            arguments
        );
}
