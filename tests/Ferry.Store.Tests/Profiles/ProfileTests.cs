using Ferry.Platform.Files;
using Ferry.Store.Profiles;
using Ferry.Store.Tests.Local;

namespace Ferry.Store.Tests.Profiles;

public sealed class ProfileTests : IDisposable
{
    private readonly StoreFixture _fixture = new();
    private readonly List<string> _told = [];

    [Fact]
    public void Every_change_is_a_generation_and_none_is_made_twice()
    {
        var profile = Make(count: 2);
        profile.Add(_fixture.Store, Text(2));

        Assert.Equal([1L, 2L], profile.Generations().Select(generation => generation.Number));
        Assert.Equal(2, profile.Current());
        Assert.Equal("profile-2-link", profile.Token());
        Assert.Equal(Text(2), _fixture.Store.FollowLinks(profile.Link));
    }

    [Fact]
    public void Going_back_and_adding_makes_a_newer_generation()
    {
        var profile = Make(count: 3);
        History(profile).Switch(null);
        Assert.Equal(2, profile.Current());

        profile.Add(_fixture.Store, Text(9));

        Assert.Equal(4, profile.Current());
        Assert.Equal(["switching profile from version 3 to 2"], _told);
    }

    [Fact]
    public void There_is_no_going_back_before_the_first_generation()
    {
        var profile = Make(count: 1);

        Assert.Equal(
            "no profile version older than the current (1) exists",
            Assert.Throws<StoreException>(() => History(profile).Switch(null)).Message
        );
        Assert.Equal(
            "profile version 7 does not exist",
            Assert.Throws<StoreException>(() => History(profile).Switch(7)).Message
        );
    }

    [Fact]
    public void The_current_generation_cannot_be_deleted()
    {
        var profile = Make(count: 3);

        var failure = Assert.Throws<StoreException>(() =>
            History(profile).Delete(new HashSet<long> { 1, 3 })
        );

        Assert.Equal(
            $"cannot delete current version of profile \"{profile.Link}\"",
            failure.Message
        );
        Assert.Equal([1L, 2L, 3L], Numbers(profile));
    }

    [Fact]
    public void A_dry_run_only_tells()
    {
        var profile = Make(count: 2);

        new ProfileHistory(profile, _told.Add, isDryRun: true).DeleteOthers();

        Assert.Equal(["would remove profile version 1"], _told);
        Assert.Equal([1L, 2L], Numbers(profile));
    }

    [Fact]
    public void So_many_generations_up_to_the_current_one_are_kept()
    {
        var profile = Make(count: 5);
        History(profile).Switch(4);

        History(profile).DeleteAllBut(2);

        Assert.Equal([3L, 4L, 5L], Numbers(profile));
    }

    [Fact]
    public void What_was_current_at_the_moment_is_kept()
    {
        var profile = Make(count: 4);
        foreach (var generation in profile.Generations())
            FileMetadata.SetModified(generation.Link, generation.Number * 100);

        History(profile).DeleteOlderThan(350);

        Assert.Equal([3L, 4L], Numbers(profile));
        Assert.Equal(["removing profile version 2", "removing profile version 1"], _told);
    }

    [Fact]
    public void Other_names_are_no_generations()
    {
        var profile = Make(count: 1);
        foreach (
            var name in (string[])["profile-x-link", "profile-2", "other-3-link", "profile-+4-link"]
        )
            File.CreateSymbolicLink(_fixture.Scratch.File($"profiles/{name}"), "/nonexistent");

        Assert.Equal([1L], Numbers(profile));
    }

    public void Dispose() => _fixture.Dispose();

    private Profile Make(int count)
    {
        var profile = new Profile(_fixture.Scratch.File("profiles/profile"));
        for (var number = 1; number <= count; number++)
            profile.Add(_fixture.Store, Text(number));
        return profile;
    }

    private Formats.StorePaths.StorePath Text(int number) =>
        _fixture.Store.AddText($"text-{number}", "text"u8, []);

    private ProfileHistory History(Profile profile) => new(profile, _told.Add, isDryRun: false);

    private static IEnumerable<long> Numbers(Profile profile) =>
        profile.Generations().Select(generation => generation.Number);
}
