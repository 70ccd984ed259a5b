namespace Ferry.Cli.Tests.Profiles;

public sealed class NixEnvTests : IDisposable
{
    private const string Packages = """
        let
          package = name: file: meta: derivation {
            inherit name;
            system = "x86_64-linux";
            builder = "builtin:buildenv";
            derivations = "true 5 1 ${builtins.path { path = ./files + "/${file}"; name = "files"; }}";
            manifest = "/";
          } // { inherit meta; };
        in {
          hello1 = package "hello-1.0" "a" { description = "says hello"; };
          hello2 = package "hello-2.0" "b" { description = "says hello"; };
          tool = package "tool-0.1pre3" "c" { priority = 3; list = [ "x" "y" ]; nested.deep = true; };
          broken = assert false; package "broken-1" "a" { };
          odd = package "odd" "a" { function = x: x; };
          more = { recurseForDerivations = true; other = package "other-3" "c" { }; };
        }
        """;

    // Each line is one command. What it prints, and the manifest after it, must be stock's.
    private static readonly string[] s_commands =
    [
        "nix-env -q",
        "nix-env -f P -qa",
        "nix-env -f P -qaP --description",
        "nix-env -f P -qa --out-path --drv-path --system",
        "nix-env -f P -qas",
        "nix-env -f P -qa --json --meta --out-path",
        "nix-env -f P -qa --xml --meta --drv-path --out-path --description",
        "nix-env -f P -qaA more",
        "nix-env -f P -qa hel.* tool-0.1pre3",
        "nix-env -f P -qa hel",
        "nix-env -f P -i hello-1.0",
        "nix-env -f P -i hello-1.0",
        "nix-env -q",
        "nix-env -f P -qc",
        "nix-env -f P -qac --xml",
        "nix-env -f P -u --dry-run",
        "nix-env -f P -u",
        "nix-env -f P -iA tool",
        "nix-env -f P -iA more",
        "nix-env -qs --json",
        "nix-env --set-flag priority 7 tool",
        "nix-env --set-flag active false hello",
        "nix-env --set-flag keep true nothing",
        "nix-env -e nothing",
        "nix-env -e hello",
        "nix-env -f P -iE x:x.hello2",
        "nix-env -f P -i hello-1.0 --priority 9",
        "nix-env -f P -i hello-2.0 --preserve-installed",
        "nix-env -f P -i hello-2.0 -P --priority 2",
        "nix-env -f P -ir odd",
        "nix-env --rollback",
        "nix-env -G 1",
        "nix-env -G 77",
        "nix-env --delete-generations 1 2",
        "nix-env --delete-generations 3 4",
        "nix-env --delete-generations +3 --dry-run",
        "nix-env --delete-generations 10x",
        "nix-env --delete-generations 0d",
        "nix-env --delete-generations old",
        "nix-env -p W/other -f P -i tool",
        "nix-env --from-profile W/other -i tool",
        "nix-env -q --json -e",
        "nix-env -e --status",
        "nix-env",
        "nix-env -f P --set hello-2.0",
        "nix-env --list-generations extra",
    ];

    private readonly ProfilePlace _place = new();

    public NixEnvTests()
    {
        _place.Write("packages.nix", Packages);
        foreach (var file in (string[])["a/bin/hello", "b/bin/hello", "c/bin/tool"])
            _place.Write($"files/{file}", $"{file}\n");
        _place.Empty();
    }

    [Fact]
    public void Everything_is_as_stock_has_it()
    {
        _place.RequireStock();
        var expected = Run(words => _place.StockWords(words));
        _place.Empty();
        var found = Run(words => _place.FerryWords(words));
        for (var index = 0; index < s_commands.Length; index++)
            Assert.True(
                expected[index] == found[index],
                $"expected:\n{expected[index]}\nfound:\n{found[index]}"
            );
    }

    [Fact]
    public void A_package_is_installed_upgraded_and_rolled_back()
    {
        Assert.Contains("installing 'hello-1.0'", Ferry("nix-env -f P -i hello-1.0"));
        Assert.Equal("a/bin/hello\n", Installed("bin/hello"));
        Assert.Contains("upgrading 'hello-1.0' to 'hello-2.0'", Ferry("nix-env -f P -u"));
        Assert.Equal("b/bin/hello\n", Installed("bin/hello"));
        Ferry("nix-env --rollback");
        Assert.Equal("a/bin/hello\n", Installed("bin/hello"));
        Assert.Contains("hello-1.0", Ferry("nix-env -q"));
        Assert.Contains("(current)", Ferry("nix-env --list-generations"));
        Ferry("nix-env -e hello");
        Assert.False(Path.Exists(Path.Combine(_place.Profile, "bin")));
    }

    [Fact]
    public void Programs_of_the_old_command_are_not_mixed_with_those_of_the_new_one()
    {
        Ferry("nix-env -f P -i hello-1.0");
        Assert.Contains("hello", Ferry("profile list"));
        Ferry("profile remove hello");
        Assert.Contains("is incompatible with 'nix-env'", Ferry("nix-env -q"));
    }

    [Fact]
    public void A_channel_is_followed_and_its_packages_are_found()
    {
        var folder = Path.Combine(_place.Root, "channel");
        Directory.CreateDirectory(Path.Combine(folder, "top"));
        File.Copy(
            Path.Combine(_place.Root, "packages.nix"),
            Path.Combine(folder, "top", "default.nix")
        );
        foreach (var name in (string[])["a", "b", "c"])
            _place.Write($"channel/top/files/{name}/bin/{name}", name);
        var archive = Path.Combine(_place.Root, "mine-1.2.tar.gz");
        using (var file = File.Create(archive))
        using (
            var packed = new System.IO.Compression.GZipStream(
                file,
                System.IO.Compression.CompressionLevel.Fastest
            )
        )
            System.Formats.Tar.TarFile.CreateFromDirectory(
                folder,
                packed,
                includeBaseDirectory: false
            );

        Ferry($"nix-channel --add file://{archive} mine");
        Assert.Contains($"mine file://{archive}", Ferry("nix-channel --list"));
        Assert.Contains("unpacking 1 channels...", Ferry("nix-channel --update"));

        Assert.Contains("mine.hello1  hello-1.0", Ferry("nix-env -qaP hello"));
        Assert.Contains(
            "mine-1.2",
            Ferry($"nix-env -p {_place.Root}/var/profiles/per-user/root/channels -q")
        );
        Ferry("nix-env -iA mine.tool");
        Assert.Equal("c", Installed("bin/c"));
        Ferry("nix-channel --update other");
        Ferry("nix-channel --rollback");
        Ferry("nix-channel --remove mine");
        Assert.Equal("", Ferry("nix-channel --list"));
        Assert.Contains("invalid channel URL", Ferry("nix-channel --add ftp://x"));
        Assert.Contains("invalid channel identifier", Ferry("nix-channel --add http://x .x"));
    }

    [Fact]
    public void A_session_installs_what_it_has()
    {
        _place.Ferry("repl", new RunOptions { Input = ":i (import ./packages.nix).hello1\n" });
        Assert.Equal("a/bin/hello\n", Installed("bin/hello"));
    }

    public void Dispose() => _place.Dispose();

    private string Installed(string name) => File.ReadAllText(Path.Combine(_place.Profile, name));

    private string Ferry(string command) => _place.FerryWords(Words(command));

    private List<string> Run(Func<string[], string> run)
    {
        var results = new List<string>();
        foreach (var command in s_commands)
        {
            var text = $"$ {command}\n{run(Words(command))}";
            var manifest = Path.Combine(_place.Profile, "manifest.nix");
            if (File.Exists(manifest))
                text += File.ReadAllText(manifest);
            text += new FileInfo(_place.Profile).ResolveLinkTarget(returnFinalTarget: true);
            results.Add(text);
        }

        return results;
    }

    private string[] Words(string command) =>
        [
            .. command
                .Split(' ')
                .Select(word => word == "P" ? Path.Combine(_place.Root, "packages.nix") : word)
                .Select(word => word.Replace("W/", _place.Root + "/", StringComparison.Ordinal)),
        ];
}
