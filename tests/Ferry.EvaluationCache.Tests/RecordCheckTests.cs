using Ferry.Evaluation.Ports;
using Ferry.EvaluationCache.Readings;
using Ferry.EvaluationCache.Records;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;

namespace Ferry.EvaluationCache.Tests;

/// <summary>A result holds while every answer that evaluation got is still the same.</summary>
public class RecordCheckTests
{
    private const long Now = 1_000_000;

    private static readonly StorePath s_object = StorePath.Parse(
        "0123456789abcdfghijklmnpqrsvwxyz-thing"
    );

    private static WorldInMemory World()
    {
        var world = new WorldInMemory();
        world.Files["/flake.nix"] = "{ }"u8.ToArray();
        world.Files["/folder/a"] = "a"u8.ToArray();
        world.Variables["HOME"] = "/home";
        world.Attributes["rev"] = "1";
        world.Objects.Add(s_object);
        return world;
    }

    private static EvaluationReadings Readings()
    {
        var readings = new EvaluationReadings(new FixedClock(Now));
        var source = readings.Source("source");
        source.AddKind("/flake.nix", SourceFileKind.Regular);
        source.AddContents("/flake.nix", "{ }"u8, Status(modified: 10));
        source.AddKind("/missing", null);
        source.AddEntries("/folder", [new("a", SourceFileKind.Regular)]);
        source.AddAttribute("rev", "1");
        readings.AddVariable("HOME", "/home");
        readings.AddVariable("EDITOR", null);
        readings.AddObject(s_object, isValid: true);
        return readings;
    }

    private static bool Holds(WorldInMemory world) =>
        new RecordCheck(world, Now).Holds(Readings().ToRecord(default));

    private static FileStatus Status(long modified) =>
        new(FileKind.Regular, 0x1a4, 3, 4096, modified, 0, modified, 0, 1, 0, 0, 5, 6);

    [Fact]
    public void It_holds_where_nothing_has_changed()
    {
        Assert.True(Holds(World()));
    }

    public static TheoryData<string> Changes =>
        ["contents", "removed", "appeared", "entry", "attribute", "unset", "set", "object"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void It_does_not_hold_after_a_change(string change)
    {
        var world = World();
        switch (change)
        {
            case "contents":
                world.Files["/flake.nix"] = "{}\n"u8.ToArray();
                break;
            case "removed":
                world.Files.Remove("/flake.nix");
                break;
            case "appeared":
                world.Files["/missing"] = [];
                break;
            case "entry":
                world.Files["/folder/b"] = [];
                break;
            case "attribute":
                world.Attributes["rev"] = "2";
                break;
            case "unset":
                world.Variables.Remove("HOME");
                break;
            case "set":
                world.Variables["EDITOR"] = "ed";
                break;
            case "object":
                world.Objects.Clear();
                break;
        }

        Assert.False(Holds(world));
    }

    [Fact]
    public void A_file_with_the_stamp_that_it_had_is_not_read()
    {
        var world = World();
        world.Stamped = Status(modified: 10);
        Assert.True(Holds(world));
        Assert.Equal(0, world.Reads);
        world.Stamped = Status(modified: 11);
        Assert.True(Holds(world));
        Assert.Equal(1, world.Reads);
    }

    [Fact]
    public void The_stamp_of_a_file_that_has_just_changed_counts_for_nothing()
    {
        var readings = new EvaluationReadings(new FixedClock(Now));
        readings.Source("source").AddContents("/flake.nix", "{ }"u8, Status(modified: Now - 1));
        var world = World();
        world.Stamped = Status(modified: Now - 1);
        // The same length, in the same tick of the clock.
        world.Files["/flake.nix"] = "{x}"u8.ToArray();
        Assert.False(new RecordCheck(world, Now).Holds(readings.ToRecord(default)));
    }

    [Fact]
    public void A_stamp_that_has_settled_is_taken_over()
    {
        var readings = new EvaluationReadings(new FixedClock(Now));
        readings.Source("source").AddContents("/flake.nix", "{ }"u8, Status(modified: Now - 1));
        var world = World();
        world.Stamped = Status(modified: Now - 1);
        var record = readings.ToRecord(default);
        var early = new RecordCheck(world, Now);
        Assert.True(early.Holds(record));
        Assert.Null(early.Renew(record));
        var late = new RecordCheck(world, Now + 60);
        Assert.True(late.Holds(record));
        Assert.Equal(FileStamp.Of(world.Stamped), late.Renew(record)!.Sources[0].Paths[0].Stamp);
    }

    [Fact]
    public void A_source_that_changes_under_an_evaluation_makes_its_result_useless()
    {
        var readings = Readings();
        Assert.True(readings.IsComplete);
        readings.Source("source").AddContents("/flake.nix", "{ x }"u8, before: null);
        Assert.False(readings.IsComplete);
    }

    [Fact]
    public void What_a_derivation_keeps_need_not_be_asked_for()
    {
        var readings = new EvaluationReadings(new FixedClock(Now));
        readings.AddMade(s_object);
        Assert.Equal(
            new ObjectRecord(s_object, IsValid: true),
            Assert.Single(readings.ToRecord(default).Objects)
        );
    }

    private sealed class FixedClock(long seconds) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(seconds);
    }
}
