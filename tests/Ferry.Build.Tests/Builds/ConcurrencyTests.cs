using Ferry.Store.Building;
using Ferry.Store.Local;

namespace Ferry.Build.Tests.Builds;

public sealed class ConcurrencyTests
{
    [Fact]
    public void Four_builds_run_at_once_and_what_needs_them_comes_last()
    {
        var (running, most) = (0, 0);
        using var store = BuildStore.OpenOrSkip();
        var parts = Enumerable
            .Range(0, 8)
            .Select(number => store.Add($"part{number}", "sleep 0.5; echo > $out"))
            .ToArray();
        var top = store.Add("top", "echo $part0 > $out", store.Needs(parts));
        var events = new RecordingEvents
        {
            OnStarted = _ => most = Math.Max(most, Interlocked.Increment(ref running)),
            OnFinished = _ => Interlocked.Decrement(ref running),
        };

        var settings = store.Settings with { Limits = new(4, 1, KeepsGoing: false) };
        var builder = new LocalBuilder(new BuilderParts(store.Store, settings) { Events = events });
        var result = builder.Build(
            [new DerivedPath.Built(top, OutputNames: null)],
            BuildMode.Normal,
            TestContext.Current.CancellationToken
        );

        Assert.True(result.Single().IsSuccess, result.Single().Message);
        Assert.Equal(4, most);
        Assert.Equal("top", events.Started.Last());
        Assert.Equal(9, events.Started.Count);
    }

    [Fact]
    public void An_input_that_is_needed_at_two_depths_is_waited_for_at_both()
    {
        using var store = BuildStore.OpenOrSkip();
        // Whatever the order of the paths is, one of these graphs visits the deep one last.
        for (var number = 0; number < 8; number++)
        {
            var deep = store.Add($"deep{number}", "sleep 0.2; echo > $out");
            var middle = store.Add(
                $"middle{number}",
                $"cat $deep{number} > $out",
                store.Needs(deep)
            );
            var top = store.Add($"top{number}", "echo > $out", store.Needs(deep, middle));
            store.Build(top);
        }

        store.AssertClean();
    }

    [Fact]
    public async Task Two_programs_that_want_the_same_build_it_once()
    {
        using var store = BuildStore.OpenOrSkip();
        using var other = LocalStore.Open(new LocalStoreOptions(store.Store.Location));
        var derivation = store.Add("once", "sleep 1; echo > $out");
        var (first, second) = (new RecordingEvents(), new RecordingEvents());
        var stop = TestContext.Current.CancellationToken;

        var results = await Task.WhenAll(
            Task.Run(() => Build(store.Store, first), stop),
            Task.Run(() => Build(other, second), stop)
        );

        Assert.Equal([BuildStatus.Built, BuildStatus.AlreadyValid], results.Order());
        Assert.Single(first.Started.Concat(second.Started));
        Assert.Contains("waiting for lock on", first.Notes.Concat(second.Notes).Single());
        store.AssertClean();

        BuildStatus Build(LocalStore where, RecordingEvents events) =>
            new LocalBuilder(new BuilderParts(where, store.Settings) { Events = events })
                .Build([new DerivedPath.Built(derivation, null)], BuildMode.Normal, stop)
                .Single()
                .Status;
    }

    [Fact]
    public void A_failure_stops_the_other_builds_unless_told_to_keep_going()
    {
        using var store = BuildStore.OpenOrSkip();
        var bad = store.Add("bad", "sleep 0.5; exit 1");
        var good = store.Add("good", "sleep 3; echo > $out");

        var stopped = store.Run([bad, good]);
        Assert.Equal(
            [BuildStatus.PermanentFailure, BuildStatus.Cancelled],
            stopped.Results.Select(result => result.Status)
        );

        var went = store.Run(
            [bad, good],
            store.Settings with
            {
                Limits = new(2, 1, KeepsGoing: true),
            }
        );
        Assert.Equal(
            [BuildStatus.PermanentFailure, BuildStatus.Built],
            went.Results.Select(result => result.Status)
        );
        store.AssertClean();
    }
}
