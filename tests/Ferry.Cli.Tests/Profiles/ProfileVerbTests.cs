namespace Ferry.Cli.Tests.Profiles;

public sealed class ProfileVerbTests : IDisposable
{
    private readonly ProfilePlace _place = new();

    public ProfileVerbTests() => _place.Empty();

    [Fact]
    public void A_package_is_added_upgraded_rolled_back_and_removed()
    {
        var flake = _place.WriteFlake("one", "1.0");
        _place.Ferry("profile add", flake).Succeeded();
        Assert.Equal("one 1.0\n", File.ReadAllText(Path.Combine(_place.Profile, "bin-hello")));

        _place.WriteFlake("one", "2.0");
        var upgrade = _place.Ferry("profile upgrade", "one").Succeeded();
        Assert.Contains("upgrading 'packages.x86_64-linux.default' from flake", upgrade.Error);
        Assert.Equal("one 2.0\n", File.ReadAllText(Path.Combine(_place.Profile, "bin-hello")));
        Assert.Contains("default: 1.0 -> 2.0", _place.Ferry("profile history").Succeeded().Output);
        Assert.Contains("hello: 1.0 → 2.0", _place.Ferry("profile diff-closures").Output);

        _place.Ferry("profile rollback").Succeeded();
        Assert.Equal("one 1.0\n", File.ReadAllText(Path.Combine(_place.Profile, "bin-hello")));

        var removal = _place.Ferry("profile remove", "one").Succeeded();
        Assert.Contains("removed 1 packages, kept 0 packages", removal.Error);
        Assert.False(Path.Exists(Path.Combine(_place.Profile, "bin-hello")));
        _place.Ferry("profile wipe-history").Succeeded();
        Assert.Single(_place.Ferry("profile history").Output.Split("Version")[1..]);
    }

    [Fact]
    public void A_conflict_proposes_commands()
    {
        var (one, two) = (_place.WriteFlake("one", "1.0"), _place.WriteFlake("two", "1.0"));
        _place.Ferry("profile add", one).Succeeded();

        var conflict = _place.Ferry("profile add", two).Failed();

        Assert.Contains("profile remove one", conflict.Error);
        Assert.Contains("packages.x86_64-linux.default --priority 4", conflict.Error);
        _place.Ferry("profile add", two, "--priority", "4").Succeeded();
        Assert.Equal("two 1.0\n", File.ReadAllText(Path.Combine(_place.Profile, "bin-hello")));
    }

    [Fact]
    public void Elements_are_chosen_by_name_path_and_expression()
    {
        _place.Ferry("profile add", _place.WriteFlake("one", "1.0", "a")).Succeeded();
        _place.Ferry("profile add", _place.WriteFlake("two", "1.0", "b")).Succeeded();

        Assert.Contains(
            "warning: Package name 'three' does not match any packages in the profile.",
            _place.Ferry("profile remove", "three").Succeeded().Error
        );
        Assert.Contains(
            "--all cannot be used with package names",
            _place.Ferry("profile remove", "--all", "one").Failed().Error
        );
        Assert.Contains(
            "no longer supports indices ('0')",
            _place.Ferry("profile remove", "0").Failed().Error
        );
        Assert.Contains(
            "removed 2 packages, kept 0 packages",
            _place.Ferry("profile remove", "--regex", ".*DEFAULT").Succeeded().Error
        );
    }

    [Fact]
    public void A_profile_may_lie_anywhere_in_a_store_that_lies_elsewhere()
    {
        var flake = _place.WriteFlake("one", "1.0");
        var root = Path.Combine(_place.Root, "elsewhere");
        string[] place = ["--store", root, "--profile", Path.Combine(_place.Root, "mine")];
        string Run(string command, params string[] arguments) =>
            FerryProgram
                .Run(
                    new RunOptions
                    {
                        Environment = new Dictionary<string, string> { ["HOME"] = _place.Home },
                    },
                    [.. command.Split(' '), .. place, .. arguments]
                )
                .Succeeded()
                .Output;

        Run("profile add", flake);

        Assert.Contains("Store paths:        /nix/store/", Run("profile list"));
        Assert.EndsWith("-hello-1.0\n", Run("profile list"));
        Run("profile remove", "--all");
        Assert.Equal("{\"elements\":{},\"version\":3}\n", Run("profile list", "--json"));
    }

    [Fact]
    public void Manifests_of_old_versions_are_read()
    {
        var flake = _place.WriteFlake("one", "1.0");
        var path = _place
            .Ferry("build", "--no-link", "--print-out-paths", flake)
            .Succeeded()
            .Output.Trim();
        var folder = Path.Combine(_place.Root, "mine");
        foreach (
            var (version, names) in new[]
            {
                (1, "\"originalUri\":\"flake:nixpkgs\",\"uri\":\"github:NixOS/nixpkgs\""),
                (2, "\"originalUrl\":\"flake:nixpkgs\",\"url\":\"github:NixOS/nixpkgs\""),
            }
        )
        {
            _place.Write(
                "mine/manifest.json",
                $$"""{"version":{{version}},"elements":[{"active":true,"attrPath":"legacyPackages.x86_64-linux.hello","outputs":null,{{names}},"storePaths":["{{path}}"]}]}"""
            );
            var list = _place.Ferry("profile list", "--profile", folder).Succeeded().Output;
            Assert.Contains("\e[1mhello\e[0m", list);
            Assert.Contains("Locked flake URL:   github:NixOS/nixpkgs", list);
        }

        _place.Write("mine/manifest.json", "{\"version\":4,\"elements\":{}}");
        Assert.Contains(
            "unsupported version 4",
            _place.Ferry("profile list", "--profile", folder).Failed().Error
        );
        _place.Write("mine/manifest.json", "{\"version\":3,");
        Assert.Contains(
            "is broken",
            _place.Ferry("profile list", "--profile", folder).Failed().Error
        );
    }

    [Fact]
    public void A_profile_is_the_one_that_stock_makes()
    {
        _place.RequireStock();
        var flake = _place.WriteFlake("one", "1.0", "a");
        _place.WriteFlake("two", "1.0", "b");
        var expected = Profile((command, arguments) => _place.Stock("nix " + command, arguments));
        _place.Empty();

        var found = Profile(
            (command, arguments) =>
            {
                var outcome = _place.Ferry(command, arguments);
                var end = outcome.Error.Length > 0 ? "\n" : "";
                return outcome.Output + outcome.Error + end;
            }
        );

        Assert.Equal(expected, found);
        Assert.NotEmpty(flake);
    }

    public void Dispose() => _place.Dispose();

    // What commands about profiles print, and where the profile leads: a path by contents.
    private string Profile(Func<string, string[], string> run)
    {
        string[] flakes =
        [
            .. new[] { "one", "two" }.Select(name => $"path:{Path.Combine(_place.Root, name)}"),
        ];
        run("profile add", flakes);
        var text = run("profile list", []) + run("profile list", ["--json"]);
        text += File.ReadAllText(Path.Combine(_place.Profile, "manifest.json"));
        text += run("profile remove", ["one"]) + run("profile rollback", []);
        text += run("profile history", []) + run("profile diff-closures", []);
        text += run("profile wipe-history", ["--dry-run"]) + run("profile rollback", ["--to", "7"]);
        return text + new FileInfo(_place.Profile).ResolveLinkTarget(returnFinalTarget: true);
    }
}
