using System.Diagnostics;
using Ferry.Fetching.Tests.Downloads;
using Ferry.Formats.Hashing;
using Ferry.Platform;
using Ferry.Platform.Files;
using Ferry.Store.Building;

namespace Ferry.Build.Tests.Builds;

public sealed class LimitTests : IDisposable
{
    private readonly BuildStore _store = BuildStore.OpenOrSkip();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_build_that_takes_too_long_is_killed_with_all_its_processes()
    {
        var marker = $"{Random.Shared.Next(100_000, 999_999)}.25";
        var derivation = _store.Add("slow", $"sleep {marker} & sleep {marker}");

        var report = _store.Run(
            derivation,
            _store.Settings with
            {
                Timeout = TimeSpan.FromSeconds(1),
            }
        );

        Assert.Equal(BuildStatus.TimedOut, report.Results.Single().Status);
        Assert.Equal("timed out after 1 seconds", report.Results.Single().Message);
        Assert.Equal(101, FailureExitStatus.Of(report.Failures));
        Assert.Empty(ProcessesWith(marker));
        _store.AssertClean();
    }

    [Fact]
    public void A_build_that_says_nothing_for_too_long_is_killed_and_one_that_talks_is_not()
    {
        var settings = _store.Settings with { SilenceMax = TimeSpan.FromSeconds(2) };

        _store.Build(
            _store.Add(
                "talks",
                "for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 0.5; done; echo > $out"
            ),
            settings
        );
        var result = _store.Fail(_store.Add("silent", "sleep 100"), settings);

        Assert.Equal(BuildStatus.TimedOut, result.Status);
        _store.AssertClean();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_builtin_that_takes_too_long_or_says_nothing_is_stopped(bool isTimeout)
    {
        using var hang = new ManualResetEventSlim();
        using var server = new TestServer((_, _) => hang.Wait());
        var hash = Hash.Compute(HashKind.Sha256, []);
        var limit = TimeSpan.FromSeconds(1);

        var report = _store.Run(
            _store.AddFetch("file", server.Address + "file", hash),
            isTimeout
                ? _store.Settings with
                {
                    Timeout = limit,
                }
                : _store.Settings with
                {
                    SilenceMax = limit,
                }
        );
        hang.Set();

        Assert.Equal(BuildStatus.TimedOut, report.Results.Single().Status);
        Assert.Equal("timed out after 1 seconds", report.Results.Single().Message);
        Assert.Equal(101, FailureExitStatus.Of(report.Failures));
        _store.AssertClean();
    }

    [Fact]
    public void A_download_that_advances_is_not_silent()
    {
        var body = new byte[8];
        using var server = new TestServer(
            (context, _) =>
            {
                context.Response.ContentLength64 = body.Length;
                foreach (var part in body)
                {
                    context.Response.OutputStream.WriteByte(part);
                    context.Response.OutputStream.Flush();
                    Thread.Sleep(400);
                }

                context.Response.Close();
            }
        );
        _store.Build(
            _store.AddFetch("file", server.Address + "file", Hash.Compute(HashKind.Sha256, body)),
            _store.Settings with
            {
                SilenceMax = TimeSpan.FromSeconds(2),
            }
        );
    }

    [Fact]
    public void A_log_that_grows_too_long_ends_the_build()
    {
        var derivation = _store.Add("chatty", "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaa; done");

        var result = _store.Fail(derivation, _store.Settings with { LogSizeMax = 10_000 });

        Assert.Equal(BuildStatus.LogLimitExceeded, result.Status);
        Assert.Equal(
            $"building derivation '{_store.Store.Directory.Format(derivation)}' killed after "
                + "writing more than 10000 bytes of log output",
            result.Message
        );
        _store.AssertClean();
    }

    [Fact]
    public void The_build_directory_of_a_failed_build_is_kept_for_its_user_when_asked_for()
    {
        var derivation = _store.Add("fails", "mkdir d; echo work > d/file; chmod 0500 d; exit 1");

        _store.Fail(derivation, _store.Settings with { KeepsFailed = true });

        var note = _store.Events.Notes.Single();
        Assert.StartsWith("note: keeping build directory \"", note);
        var directory = note.Split('"')[1];
        Assert.Equal("work\n", File.ReadAllText(Path.Combine(directory, "d", "file")));
        Assert.Equal(UserIdentity.User, FileStatus.Get(Path.Combine(directory, "d")).User);
    }

    [Fact]
    public void A_build_that_is_stopped_leaves_nothing()
    {
        var marker = $"{Random.Shared.Next(100_000, 999_999)}.25";
        using var stop = new CancellationTokenSource();
        using var store = BuildStore.OpenOrSkip(
            new RecordingEvents { OnLine = _ => stop.Cancel() }
        );
        var derivation = store.Add(
            "stopped",
            $"mkdir $out; sleep {marker} & echo started; sleep {marker}"
        );

        var clock = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            store.Run([derivation], stop: stop.Token)
        );

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30));
        Assert.Empty(ProcessesWith(marker));
        Assert.False(store.Store.IsValid(store.Output(derivation)));
        store.AssertClean();
    }

    [Fact]
    public void What_a_killed_program_left_is_swept_at_the_next_start()
    {
        Directory.CreateDirectory(_store.BuildDirectories);
        var stale = Path.Combine(_store.BuildDirectories, "nix-x-0");
        Directory.CreateDirectory(Path.Combine(stale, "build", "deep"));
        var scratch = Path.Combine(_store.Store.Location.RealDirectory, "x.drv.chroot");
        Directory.CreateDirectory(scratch);
        File.WriteAllText(stale + ".lock", scratch);

        _store.Builder();

        _store.AssertClean();
    }

    internal static IEnumerable<string> ProcessesWith(string marker) =>
        Directory
            .EnumerateDirectories("/proc")
            .Where(directory => char.IsAsciiDigit(Path.GetFileName(directory)[0]))
            .Where(directory => CommandLine(directory).Contains(marker));

    private static string CommandLine(string directory)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, "cmdline"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
