using Ferry.Formats.StorePaths;
using Ferry.Store.Local;

namespace Ferry.Store.Tests.Local;

public class StoreLocationTests
{
    private static readonly StoreEnvironment s_root = new() { CanWriteSystemStore = true };

    private static readonly StoreEnvironment s_user = new() { Home = "/home/user" };

    [Fact]
    public void Root_has_the_machines_store() =>
        Assert.Equal(
            new StoreLocation(
                StoreDirectory.Default,
                "/nix/store",
                "/nix/var/nix",
                "/nix/var/log/nix"
            ),
            StoreLocation.Parse(null, s_root)
        );

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("auto")]
    public void An_ordinary_user_has_a_store_at_home_with_the_usual_paths(string? reference)
    {
        var location = StoreLocation.Parse(reference, s_user);

        Assert.Equal("/nix/store", location.Directory.Path);
        Assert.Equal("/home/user/.local/share/ferry/root/nix/store", location.RealDirectory);
        Assert.Equal("/home/user/.local/share/ferry/root/nix/var/nix", location.StateDirectory);
        Assert.False(location.IsInPlace);
    }

    [Fact]
    public void The_data_directory_can_be_moved() =>
        Assert.Equal(
            "/data/ferry/root/nix/store",
            StoreLocation.Parse("auto", s_user with { DataHome = "/data" }).RealDirectory
        );

    [Theory]
    [InlineData("/somewhere/")]
    [InlineData("local?root=/somewhere")]
    [InlineData("local:///somewhere")]
    public void A_store_below_a_directory_can_be_named_in_several_ways(string reference)
    {
        var location = StoreLocation.Parse(reference, s_user);

        Assert.Equal("/nix/store", location.Directory.Path);
        Assert.Equal("/somewhere/nix/store", location.RealDirectory);
        Assert.Equal("/somewhere/nix/var/log/nix", location.LogDirectory);
    }

    [Fact]
    public void Each_directory_can_be_named_by_itself()
    {
        var location = StoreLocation.Parse("local?real=/a&state=/b%20c&log=/d", s_user);

        Assert.Equal(
            ("/a", "/b c", "/d"),
            (location.RealDirectory, location.StateDirectory, location.LogDirectory)
        );
    }

    [Fact]
    public void The_environment_moves_the_machines_store()
    {
        var environment = s_root with
        {
            StoreDirectory = new StoreDirectory("/other/store"),
            StateDirectory = "/other/state",
            LogDirectory = "/other/log",
        };

        var location = StoreLocation.Parse("local", environment);

        Assert.Equal("/other/store", location.Directory.Path);
        Assert.True(location.IsInPlace);
        Assert.Equal(
            ("/other/state", "/other/log"),
            (location.StateDirectory, location.LogDirectory)
        );
    }

    [Fact]
    public void A_store_of_another_kind_is_refused()
    {
        var exception = Assert.Throws<StoreException>(() =>
            StoreLocation.Parse("https://cache.example", s_user)
        );
        Assert.Equal("don't know how to open Nix store 'https://cache.example'", exception.Message);
    }

    [Fact]
    public void Without_a_home_there_is_one_readable_error()
    {
        var exception = Assert.Throws<StoreException>(() =>
            StoreLocation.Parse(null, new StoreEnvironment())
        );
        Assert.Contains("set HOME", exception.Message, StringComparison.Ordinal);
    }
}
