using Ferry.Formats.Derivations;
using Ferry.Store.Building;

namespace Ferry.Build.Tests.Builds;

/// <summary>Builds without a sandbox, because a person has chosen so.</summary>
public sealed class OutsideBuildTests : IDisposable
{
    private readonly BuildStore _store = BuildStore.OpenInPlaceOrSkip();
    private readonly TemporaryDirectory _machine = new();

    public void Dispose()
    {
        _machine.Dispose();
        _store.Dispose();
    }

    private static readonly Func<Derivation, Derivation> s_hasPrograms = BuildStore.With(
        ("PATH", "/usr/bin:/bin")
    );

    private BuildSettings Outside =>
        _store.Settings with
        {
            SandboxUse = SandboxUse.Never,
            BuildsAsRoot = true,
        };

    [Fact]
    public void A_builder_without_a_sandbox_sees_the_machine_and_makes_its_output_in_place()
    {
        var file = Path.Combine(_machine.Path, "file");
        File.WriteAllText(file, "seen\n");
        var derivation = _store.Add("open", $"read x < {file}; echo \"$x $out $PWD\" > $out");

        var output = _store.Build(derivation, Outside);

        var words = _store.OutputText(derivation).TrimEnd().Split(' ');
        Assert.Equal(["seen", _store.Store.Directory.Format(output)], words[..2]);
        Assert.StartsWith(_store.BuildDirectories, words[2]);
        _store.AssertClean();
    }

    [Fact]
    public void A_failed_builder_without_a_sandbox_leaves_nothing()
    {
        var derivation = _store.Add("fails", "echo > $out; exit 3");

        Assert.Contains("failed with exit code 3", _store.Fail(derivation, Outside).Message);
        Assert.False(File.Exists(_store.Store.RealPath(_store.Output(derivation))));
        _store.AssertClean();
    }

    [Fact]
    public void A_check_builds_beside_the_valid_output_and_compares_what_would_be_in_its_place()
    {
        var itself = _store.Add(
            "itself",
            "mkdir $out; echo $out > $out/file; ln -s $out/file $out/link",
            s_hasPrograms
        );
        var differs = _store.Add(
            "differs",
            "cat /proc/sys/kernel/random/uuid > $out",
            s_hasPrograms
        );
        _store.Build(itself, Outside);
        _store.Build(differs, Outside);

        var report = _store.Run(
            [itself, differs],
            Outside with
            {
                Limits = new(1, 1, KeepsGoing: true),
            },
            BuildMode.Check
        );

        Assert.True(report.Results[0].IsSuccess, report.Results[0].Message);
        Assert.Contains("may not be deterministic", report.Results[1].Message);
        _store.AssertClean();
    }

    [Fact]
    public void An_output_that_is_missing_beside_a_valid_one_refers_to_that()
    {
        var derivation = _store.Add(
            "two",
            "echo 1 > $out; echo $out > $more",
            BuildStore.Outputs("out", "more")
        );
        _store.Build(derivation, Outside);
        _store.Store.Invalidate(_store.Output(derivation, "more"));
        File.Delete(_store.Store.RealPath(_store.Output(derivation, "more")));

        _store.Build(derivation, Outside);

        var output = _store.Store.Directory.Format(_store.Output(derivation));
        Assert.Equal(output, _store.OutputText(derivation, "more").TrimEnd());
    }

    [Fact]
    public void What_a_builder_without_a_sandbox_left_running_is_ended()
    {
        var number = Path.Combine(_machine.Path, "number");
        var derivation = _store.Add(
            "background",
            $"setsid sh -c 'echo $$ > {number}; exec sleep 1000' & while ! test -s {number}; do :; done; echo > $out",
            s_hasPrograms
        );

        _store.Build(derivation, Outside);

        Assert.False(Directory.Exists($"/proc/{File.ReadAllText(number).Trim()}"));
    }

    [Fact]
    public void A_relaxed_sandbox_opens_only_for_derivations_that_ask()
    {
        Assert.SkipUnless(SandboxProbe.Works, SandboxProbe.Reason);
        var file = Path.Combine(_machine.Path, "file");
        File.WriteAllText(file, "seen\n");
        var script = $"read x < {file} && echo $x > $out";
        var relaxed = Outside with
        {
            SandboxUse = SandboxUse.Relaxed,
            SandboxShell = "/bin/busybox",
        };

        _store.Build(_store.Add("asks", script, BuildStore.With(("__noChroot", "1"))), relaxed);

        _ = _store.Fail(_store.Add("asks-not", script), relaxed);
    }

    [Fact]
    public void A_store_that_lies_elsewhere_is_built_for_in_a_sandbox()
    {
        using var elsewhere = BuildStore.OpenOrSkip();
        var derivation = elsewhere.Add("elsewhere", "echo $PWD > $out");

        elsewhere.Build(derivation, elsewhere.Settings with { SandboxUse = SandboxUse.Never });

        Assert.Equal("/build\n", elsewhere.OutputText(derivation));
    }
}
