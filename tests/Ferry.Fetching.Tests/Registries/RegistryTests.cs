using Ferry.Fetching.Inputs;
using Ferry.Fetching.Registries;
using Ferry.Formats.Urls;

namespace Ferry.Fetching.Tests.Registries;

public sealed class RegistryTests : IDisposable
{
    private readonly FetchFixture _fetching = new();

    public void Dispose() => _fetching.Dispose();

    [Fact]
    public void A_user_translates_before_the_system_and_the_world()
    {
        Use(RegistryKind.User, Entry("name", "path:/user"));
        Use(RegistryKind.System, Entry("name", "path:/system"));
        Use(RegistryKind.Global, Entry("name", "path:/global"));
        Assert.Equal("path:/user", Resolve("flake:name", RegistryUse.All));
        Assert.Equal("path:/global", Resolve("flake:name", RegistryUse.Limited));
    }

    [Fact]
    public void A_branch_that_is_said_replaces_the_registrys()
    {
        Use(RegistryKind.User, Entry("name", "github:o/r/main"));
        Assert.Equal("github:o/r/side", Resolve("flake:name/side", RegistryUse.All));
    }

    [Fact]
    public void An_exact_entry_matches_only_itself()
    {
        Use(RegistryKind.User, Entry("name", "path:/exact") with { IsExact = true });
        Assert.Equal("path:/exact", Resolve("flake:name", RegistryUse.All));
        var failure = Assert.Throws<FetchException>(() =>
            Resolve("flake:name/side", RegistryUse.All)
        );
        Assert.Equal(
            "cannot find flake 'flake:name/side' in the flake registries",
            failure.Message
        );
    }

    [Fact]
    public void Translations_that_lead_in_a_circle_end()
    {
        Use(RegistryKind.User, Entry("a", "flake:b"), Entry("b", "flake:a"));
        Assert.Contains(
            "cycle detected",
            Assert.Throws<FetchException>(() => Resolve("flake:a", RegistryUse.All)).Message
        );
    }

    [Fact]
    public void A_broken_registry_is_a_warning()
    {
        _fetching.Settings = _fetching.Settings with
        {
            UserRegistryFile = _fetching.Write("user.json", "{ broken"),
        };
        Assert.Throws<FetchException>(() => Resolve("flake:name", RegistryUse.All));
        Assert.Contains("cannot read flake registry", Assert.Single(_fetching.Warnings));
    }

    [Fact]
    public void A_registry_is_written_as_stock_writes_it()
    {
        var file = Path.Combine(_fetching.Folder, "written.json");
        new Registry(
            RegistryKind.User,
            [Entry("name", "github:o/r") with { Folder = "sub", IsExact = true }]
        ).Write(file);
        Assert.Equal(
            """
            {
              "flakes": [
                {
                  "exact": true,
                  "from": {
                    "id": "name",
                    "type": "indirect"
                  },
                  "to": {
                    "dir": "sub",
                    "owner": "o",
                    "repo": "r",
                    "type": "github"
                  }
                }
              ],
              "version": 2
            }
            """,
            File.ReadAllText(file)
        );
    }

    private static RegistryEntry Entry(string name, string to) =>
        new(Input("flake:" + name), Input(to));

    private static FetchInput Input(string url) => InputSchemes.Parse(Url.Parse(url));

    private void Use(RegistryKind kind, params RegistryEntry[] entries)
    {
        var file = Path.Combine(_fetching.Folder, $"{kind}.json");
        new Registry(kind, entries).Write(file);
        _fetching.Settings = kind switch
        {
            RegistryKind.User => _fetching.Settings with { UserRegistryFile = file },
            RegistryKind.System => _fetching.Settings with { SystemRegistryFile = file },
            _ => _fetching.Settings with { GlobalRegistry = file },
        };
    }

    private string Resolve(string url, RegistryUse use)
    {
        var (input, _) = _fetching.NewRun().Registries.Resolve(Input(url), use);
        return input.ToString();
    }
}
