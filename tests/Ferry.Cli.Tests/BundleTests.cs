namespace Ferry.Cli.Tests;

/// <summary>One file of a program and all it needs, made and then run as on a machine that has neither.</summary>
[Collection(nameof(StoreFixture))]
public sealed class BundleTests(StoreFixture store) : IDisposable
{
    // Where a bundle unpacks itself to; said, so that it does that although the store has the program.
    private const string CacheVariable = "FERRY_BUNDLE_CACHE";

    private readonly string _folder = Directory.CreateTempSubdirectory("ferry-bundle-").FullName;

    private string Cache => Path.Combine(_folder, "cache");

    private Dictionary<string, string> Environment => new() { [CacheVariable] = Cache };

    [Fact]
    public void A_bundle_unpacks_itself_once_and_runs_its_program()
    {
        var bundle = Bundle("packages#hello", "hello-bundle");

        Assert.Equal("Hello, world!\n", Start(bundle).Succeeded().Output);
        Assert.Equal("hi\n", Start(bundle, "--greeting=hi").Succeeded().Output);
        var unpacked = Assert.Single(Directory.GetDirectories(Cache));
        Assert.NotEmpty(Directory.GetDirectories(Path.Combine(unpacked, "store")));
    }

    [Fact]
    public void A_bundle_of_a_crossed_package_is_a_program_of_its_platform()
    {
        var bundle = Bundle(
            "packages#pkgsCross.riscv64.hello",
            "hello-bundle-riscv64-unknown-linux-gnu"
        );
        Assert.Contains("RISC-V", ProgramFile.Kind(bundle));

        // As an app, so that there is an emulator for it and for the program that it becomes.
        File.WriteAllText(
            Path.Combine(_folder, "flake.nix"),
            "{ outputs = _: { apps.x86_64-linux.default = { type = \"app\"; program = "
                + $"builtins.storePath \"{Logical("hello-bundle-riscv64-unknown-linux-gnu")}\"; }}; }}; }}"
        );
        var outcome = store.Run(
            new RunOptions { Environment = Environment },
            "run",
            "--impure",
            $"path:{_folder}"
        );

        Assert.Equal("Hello, world!\n", outcome.Succeeded().Output);
        Assert.Single(Directory.GetDirectories(Cache));
    }

    [Theory]
    [InlineData(true, "the bundle is cut short or damaged; copy it again")]
    [InlineData(false, "copy it again")]
    public void A_damaged_bundle_says_so_and_leaves_nothing_that_counts(bool isCut, string message)
    {
        var bytes = File.ReadAllBytes(Bundle("packages#hello", "hello-bundle"));
        if (isCut)
            bytes = bytes[..^5000];
        else
            bytes[^200_000] ^= 0xff;
        var copy = Path.Combine(_folder, "copy");
        File.WriteAllBytes(copy, bytes);
        File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var outcome = Start(copy);

        Assert.Equal(127, outcome.ExitCode);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Directory.Exists(Cache) ? Directory.GetDirectories(Cache) : [],
            folder => !Path.GetFileName(folder).StartsWith('.')
        );
    }

    [Fact]
    public void Bundlers_of_other_flakes_get_the_package_and_name_the_link()
    {
        File.WriteAllText(
            Path.Combine(_folder, "flake.nix"),
            """
            {
              outputs = _: {
                bundlers.x86_64-linux.default = package: derivation {
                  name = "${package.name}-wrapped";
                  system = "x86_64-linux";
                  builder = "/bin/sh";
                  args = [ "-c" "echo ${package.text} > $out" ];
                };
                bundlers.x86_64-linux.none = package: package.text;
                packages.x86_64-linux.default = {
                  type = "derivation";
                  name = "thing";
                  text = "inside";
                };
              };
            }
            """
        );
        string[] words = ["--bundler", $"path:{_folder}", $"path:{_folder}"];

        Run(words).Succeeded();
        var refused = Run("--bundler", $"path:{_folder}#none", $"path:{_folder}");

        Assert.Equal("inside\n", File.ReadAllText(store.Real(Logical("thing-wrapped"))));
        Assert.Equal(1, refused.ExitCode);
        Assert.EndsWith(
            $"error: the bundler 'path:{_folder}#none' does not produce a derivation",
            refused.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_expression_without_a_package_has_nothing_to_run() =>
        Assert.Equal(
            "error: the expression gives no package, so nothing to run",
            store.Run("run", "--impure", "--expr", "[ ]").Error
        );

    public void Dispose() => StoreFolder.Remove(_folder);

    private Outcome Run(params string[] words) =>
        store.Run(new RunOptions { WorkingDirectory = _folder }, "bundle", words);

    private string Bundle(string installable, string link)
    {
        Run(installable).Succeeded();
        return store.Real(Logical(link));
    }

    private string Logical(string link) => new FileInfo(Path.Combine(_folder, link)).LinkTarget!;

    private Outcome Start(string bundle, params string[] arguments) =>
        FerryProgram.Run(
            new RunOptions
            {
                Program = bundle,
                WorkingDirectory = _folder,
                Environment = Environment,
            },
            arguments
        );
}
