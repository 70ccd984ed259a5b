namespace Ferry.Cli.Tests;

/// <summary>Small builds with the sandbox's own shell, in a store of their own.</summary>
public sealed class BuildVerbTests : IDisposable
{
    private const string Simple =
        "derivation { name = \"simple\"; system = builtins.currentSystem; builder = \"/bin/sh\"; "
        + "args = [ \"-c\" \"echo working; echo made > $out\" ]; }";

    private const string Failing =
        "derivation { name = \"failing\"; system = builtins.currentSystem; builder = \"/bin/sh\"; "
        + "args = [ \"-c\" \"echo first; echo last words; exit 3\" ]; }";

    private readonly string _folder = Directory.CreateTempSubdirectory("ferry-cli-").FullName;

    private string Store => Path.Combine(_folder, "root");

    public void Dispose() => StoreFolder.Remove(_folder);

    [Fact]
    public void A_build_makes_a_link_that_is_a_root()
    {
        Run("build", "--impure", "--expr", Simple).Succeeded();
        var target = new FileInfo(Path.Combine(_folder, "result")).LinkTarget!;
        Assert.Equal("made\n", File.ReadAllText(Store + target));
        Assert.Single(
            Directory.GetFileSystemEntries(Path.Combine(Store, "nix/var/nix/gcroots/auto"))
        );
    }

    [Fact]
    public void A_build_prints_paths_or_json_when_asked()
    {
        var path = Run("build", "--impure", "--no-link", "--print-out-paths", "--expr", Simple)
            .Succeeded()
            .Output;
        Assert.Matches("^/nix/store/[0-9a-z]{32}-simple\n$", path);
        var json = Run("build", "--impure", "--no-link", "--json", "--expr", Simple)
            .Succeeded()
            .Output;
        Assert.Contains($"\"outputs\":{{\"out\":\"{path.Trim()}\"}}", json);
        Assert.False(File.Exists(Path.Combine(_folder, "result")));
    }

    [Fact]
    public void A_program_can_read_the_derivation_that_it_has_just_made()
    {
        var program = $"builtins.readFile (builtins.unsafeDiscardStringContext ({Simple}).drvPath)";
        var text = Run("eval", "--impure", "--raw", "--expr", program).Succeeded().Output;
        Assert.StartsWith("Derive([(\"out\",\"/nix/store/", text);
    }

    [Fact]
    public void A_dry_run_builds_nothing()
    {
        var outcome = Run("build", "--impure", "--dry-run", "--expr", Simple).Succeeded();
        Assert.Contains("this derivation will be built:", outcome.Error);
        Assert.DoesNotContain(
            Directory.GetFileSystemEntries(Path.Combine(Store, "nix/store")),
            file => file.EndsWith("-simple")
        );
    }

    [Fact]
    public void A_failed_build_shows_the_end_of_its_log_and_where_the_rest_is()
    {
        var error = Run("build", "--impure", "--no-link", "--expr", Failing).Failed().Error;
        Assert.Contains("builder failed with exit code 3", error);
        Assert.Contains("> last words", error);
        Assert.Contains("nix log /nix/store/", error);
        Run("nix-build", "--no-out-link", "-E", Failing).Failed(100);
    }

    [Fact]
    public void A_log_is_kept_and_shown()
    {
        Run("build", "--impure", "--no-link", "--expr", Simple).Succeeded();
        Assert.Equal("working\n", Run("log", "--impure", "--expr", Simple).Succeeded().Output);
    }

    [Fact]
    public void An_unknown_attribute_gets_near_names()
    {
        var error = Run("eval", "--expr", "{ alpha = 1; beta = 2; }", "alpa").Failed().Error;
        Assert.Contains("attribute 'alpa' in selection path 'alpa' not found", error);
        Assert.Contains("Did you mean alpha?", error);
    }

    [Fact]
    public void A_syntax_error_has_its_place_and_a_marker()
    {
        var error = Run("eval", "--expr", "{ a = 1 }").Failed().Error;
        Assert.Contains("syntax error, unexpected '}'", error);
        Assert.Contains("at «string»:1:9:", error);
        Assert.Contains("             |         ^", error);
    }

    [Fact]
    public void An_unknown_platform_is_one_readable_error()
    {
        var error = Run("eval", "packages#pkgsCross.riscv46.hello.drvPath").Failed().Error;
        Assert.Contains("riscv46", error);
        Assert.Contains("Did you mean", error);
    }

    [Fact]
    public void A_derivation_for_a_system_that_nobody_knows_is_refused_in_one_sentence()
    {
        var derivation = Simple.Replace("builtins.currentSystem", "\"foo-linux\"");
        var error = Run("build", "--impure", "--no-link", "--expr", derivation).Failed().Error;
        Assert.Contains("Required system: 'foo-linux'", error);
        Assert.DoesNotContain("while", error);
    }

    [Fact]
    public void Sandbox_paths_replace_the_shell_or_join_it()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "of the host\n");
        var read = Simple.Replace("echo made", "read line < /seen; echo $line");
        var path = Run(
                "build",
                "--impure",
                "--no-link",
                "--print-out-paths",
                "--expr",
                read,
                "--option",
                "extra-sandbox-paths",
                $"/seen={file} /gone=/nonexistent?"
            )
            .Succeeded()
            .Output;
        Assert.Equal("of the host\n", File.ReadAllText(Store + path.Trim()));

        var error = Run(
                "build",
                "--impure",
                "--no-link",
                "--expr",
                Failing,
                "--option",
                "sandbox-paths",
                $"/seen={file}"
            )
            .Failed()
            .Error;
        Assert.Contains("executing '/bin/sh'", error);
        Assert.Contains(
            "is neither an absolute path nor two of them",
            Run("build", "--impure", "--expr", Simple, "--option", "sandbox-paths", "seen")
                .Failed()
                .Error
        );
    }

    [Fact]
    public void Both_forms_of_the_package_set_give_the_same_derivations()
    {
        const string hello = "packages#pkgsCross.riscv64.hello.drvPath";
        var embedded = Run("eval", "--raw", hello).Succeeded().Output;
        var options = new RunOptions
        {
            WorkingDirectory = _folder,
            Environment = new Dictionary<string, string>
            {
                ["FERRY_PACKAGES"] = Path.Combine(FerryProgram.Root, "packages"),
            },
        };
        var checkout = FerryProgram
            .Run(options, "eval", "--store", Store, "--raw", hello)
            .Succeeded()
            .Output;
        Assert.Equal(embedded, checkout);
    }

    [Fact]
    public void A_folder_with_a_flake_is_evaluated_purely_and_built()
    {
        var flake = Directory.CreateDirectory(Path.Combine(_folder, "flake")).FullName;
        File.WriteAllText(
            Path.Combine(flake, "flake.nix"),
            """
            {
              outputs = { self }: {
                packages.x86_64-linux.default = derivation {
                  name = "of-flake"; system = "x86_64-linux"; builder = "/bin/sh";
                  args = [ "-c" "read line < ${self}/text; echo $line > $out" ];
                };
                leak = builtins.readFile /etc/hostname;
              };
            }
            """
        );
        File.WriteAllText(Path.Combine(flake, "text"), "from the flake\n");
        var path = Run("build", "--no-link", "--print-out-paths", "path:" + flake)
            .Succeeded()
            .Output;
        Assert.Equal("from the flake\n", File.ReadAllText(Store + path.Trim()));
        Assert.Contains(
            "access to absolute path '/etc/hostname' is forbidden in pure evaluation mode",
            Run("eval", $"path:{flake}#leak").Failed().Error
        );
    }

    [Fact]
    public void An_installation_answers_under_stocks_names()
    {
        var prefix = Path.Combine(_folder, "prefix");
        Run("install", "--prefix", prefix).Succeeded();
        var options = new RunOptions { Program = Path.Combine(prefix, "bin", "nix-instantiate") };
        Assert.Equal(
            "2\n",
            FerryProgram
                .Run(options, "--eval", "--store", "dummy://", "-E", "1+1")
                .Succeeded()
                .Output
        );
        var build = new RunOptions
        {
            Program = Path.Combine(prefix, "bin", "nix"),
            WorkingDirectory = _folder,
        };
        FerryProgram
            .Run(build, "build", "--store", Store, "--impure", "--no-link", "--expr", Simple)
            .Succeeded();
    }

    private Outcome Run(string verb, params string[] arguments)
    {
        string[] store = verb == "install" ? [] : ["--store", Store];
        return FerryProgram.Run(
            new RunOptions { WorkingDirectory = _folder },
            [verb, .. store, .. arguments]
        );
    }
}
