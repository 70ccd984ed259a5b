using Ferry.Formats.Hashing;
using Ferry.Store.Building;

namespace Ferry.Build.Tests.Builds;

public sealed class SimpleBuildTests : IDisposable
{
    private readonly BuildStore _store = BuildStore.OpenOrSkip();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void A_script_makes_its_output_and_the_output_is_registered()
    {
        var derivation = _store.Add("hello", "echo hello > $out");

        var output = _store.Build(derivation);

        Assert.Equal("hello\n", _store.OutputText(derivation));
        var info = _store.Store.QueryInfo(output)!;
        Assert.Equal(derivation, info.Deriver);
        Assert.True(info.IsUltimate);
        Assert.Empty(info.References);
        Assert.Equal(["hello"], _store.Events.Started);
        Assert.Equal(["hello"], _store.Events.Finished);
        _store.AssertClean();
    }

    [Fact]
    public void What_is_valid_is_not_built_again()
    {
        var derivation = _store.Add("hello", "echo hello > $out");
        _store.Build(derivation);

        var again = _store.Run(derivation).Results.Single();

        Assert.Equal(BuildStatus.AlreadyValid, again.Status);
        Assert.Single(_store.Events.Started);
    }

    [Fact]
    public void An_input_is_built_first_and_its_path_is_a_reference()
    {
        var dependency = _store.Add("dependency", "mkdir $out; echo 1 > $out/one");
        var derivation = _store.Add(
            "user",
            "cat $dependency/one > $out; echo $dependency >> $out",
            _store.Needs(dependency)
        );

        var output = _store.Build(derivation);

        Assert.Equal(["dependency", "user"], _store.Events.Started);
        Assert.Equal([_store.Output(dependency)], _store.Store.QueryInfo(output)!.References);
        _store.AssertClean();
    }

    [Fact]
    public void An_output_may_refer_to_itself()
    {
        var derivation = _store.Add("self", "mkdir $out; echo $out > $out/self");
        var output = _store.Build(derivation);
        Assert.Equal([output], _store.Store.QueryInfo(output)!.References);
    }

    [Fact]
    public void Several_outputs_come_from_one_build_and_may_refer_to_each_other()
    {
        var derivation = _store.Add(
            "many",
            "echo lib > $lib; echo $lib > $out; echo $out > $doc",
            BuildStore.Outputs("out", "lib", "doc")
        );

        _store.Build(derivation);

        var (lib, main, doc) = (
            _store.Output(derivation, "lib"),
            _store.Output(derivation),
            _store.Output(derivation, "doc")
        );
        Assert.Equal([lib], _store.Store.QueryInfo(main)!.References);
        Assert.Equal([main], _store.Store.QueryInfo(doc)!.References);
        Assert.Single(_store.Events.Started);
    }

    [Fact]
    public void Outputs_may_share_files_by_hard_links()
    {
        var derivation = _store.Add(
            "linked",
            "mkdir $out $lib; echo 1 > $out/file; ln $out/file $lib/file",
            BuildStore.Outputs("out", "lib")
        );
        _store.Build(derivation);
        _store.AssertClean();
    }

    [Fact]
    public void An_output_that_others_may_write_to_is_refused()
    {
        var derivation = _store.Add("open", "mkdir -m 777 $out");
        Assert.StartsWith(
            "suspicious ownership or permission on \"",
            _store.Fail(derivation).Message
        );
    }

    [Theory]
    [InlineData("allowedReferences", "")]
    [InlineData("allowedReferences", "out")]
    [InlineData("disallowedReferences", "@")]
    [InlineData("allowedRequisites", "out")]
    [InlineData("disallowedRequisites", "@")]
    public void A_reference_that_the_derivation_forbids_is_named(string rule, string value)
    {
        var dependency = _store.Add("dependency", "echo 1 > $out");
        var path = _store.Store.Directory.Format(_store.Output(dependency));
        var derivation = _store.Add(
            "user",
            "echo $dependency > $out",
            plain =>
                BuildStore.With((rule, value == "@" ? path : value))(
                    _store.Needs(dependency)(plain)
                )
        );

        Assert.Equal(
            $"output '{_store.Store.Directory.Format(_store.Output(derivation))}' is not allowed to "
                + $"refer to the following paths:\n  {path}",
            _store.Fail(derivation).Message
        );
        _store.AssertClean();
    }

    [Fact]
    public void Outputs_that_refer_to_each_other_in_a_circle_are_refused()
    {
        var derivation = _store.Add(
            "circle",
            "echo $b > $a; echo $a > $b",
            BuildStore.Outputs("a", "b")
        );

        var result = _store.Fail(derivation);

        Assert.Equal(BuildStatus.OutputRejected, result.Status);
        Assert.StartsWith(
            $"cycle detected in build of '{_store.Store.Directory.Format(derivation)}' "
                + "in the references of output 'a' from output 'b'",
            result.Message
        );
        _store.AssertClean();
    }

    [Fact]
    public void A_script_that_makes_no_output_fails_in_the_words_of_stock()
    {
        var derivation = _store.Add("none", "true");

        var result = _store.Fail(derivation);

        var path = _store.Store.Directory.Format(derivation);
        Assert.StartsWith(
            $"builder for '{path}' failed to produce output path for output 'out' at \"",
            result.Message
        );
        _store.AssertClean();
    }

    [Fact]
    public void A_failure_names_the_derivation_the_last_lines_and_where_the_log_is()
    {
        var derivation = _store.Add(
            "bad",
            "i=0; while [ $i -lt 30 ]; do echo line $i; i=$((i+1)); done; exit 3"
        );

        var report = _store.Run(derivation);

        var path = _store.Store.Directory.Format(derivation);
        var lines = string.Concat(Enumerable.Range(5, 25).Select(line => $"> line {line}\n"));
        Assert.Equal(
            $"Cannot build '{path}'.\nReason: builder failed with exit code 3.\nOutput paths:\n"
                + $"  {_store.Store.Directory.Format(_store.Output(derivation))}\n"
                + $"Last 25 log lines:\n{lines}For full logs, run:\n  nix log {path}",
            report.Results.Single().Message
        );
        Assert.Equal(100, FailureExitStatus.Of(report.Failures));
        _store.AssertClean();
    }

    [Fact]
    public void What_needs_a_failed_build_is_reported_after_it()
    {
        var bad = _store.Add("bad", "exit 1");
        var user = _store.Add("user", "echo > $out", _store.Needs(bad));
        var top = _store.Add("top", "echo > $out", _store.Needs(user));

        var report = _store.Run(top);

        var path = _store.Store.Directory.Format(top);
        Assert.Equal(BuildStatus.DependencyFailed, report.Results.Single().Status);
        Assert.Equal(
            $"Cannot build '{path}'.\nReason: 1 dependency failed.\nOutput paths:\n"
                + $"  {_store.Store.Directory.Format(_store.Output(top))}",
            report.Results.Single().Message
        );
        Assert.Equal(
            [bad, user, top],
            _store.Events.Failures.Select(failure =>
                _store.Store.Directory.Parse(failure.DerivationPath)
            )
        );
        Assert.Equal(
            [false, false, true],
            _store.Events.Failures.Select(failure => failure.IsTarget)
        );
        Assert.Equal(100, FailureExitStatus.Of(report.Failures));
    }

    [Fact]
    public void A_builder_that_is_not_there_is_told_in_the_log()
    {
        var derivation = _store.Add(
            "missing",
            "",
            plain => plain with { Builder = "/no/such/builder" }
        );

        var result = _store.Fail(derivation);

        Assert.Contains("Reason: builder failed with exit code 1.", result.Message);
        Assert.Contains("/no/such/builder", _store.Events.Lines.Single());
        _store.AssertClean();
    }

    [Fact]
    public void A_build_for_a_system_that_nothing_here_runs_is_refused()
    {
        var derivation = _store.Add(
            "foreign",
            "echo > $out",
            plain => plain with { System = "sparc64-linux" }
        );

        Assert.Equal(
            $"Cannot build '{_store.Store.Directory.Format(derivation)}'.\n"
                + "Reason: platform mismatch\nRequired system: 'sparc64-linux'\n"
                + "Current system: 'x86_64-linux'",
            _store.Fail(derivation).Message
        );
    }

    [Theory]
    [InlineData("exportReferencesGraph", "graph /elsewhere")]
    [InlineData("exportReferencesGraph", "graph")]
    [InlineData(
        "exportReferencesGraph",
        "../graph /nix/store/z4asv3j07d89ywjf8fxkn7sg6mf5s9q5-dep"
    )]
    [InlineData("__json", "{")]
    [InlineData("__noChroot", "1")]
    [InlineData("__impureHostDeps", "/etc")]
    public void An_attribute_that_makes_no_sense_or_is_not_allowed_is_a_failure_of_its_build(
        string name,
        string value
    )
    {
        var derivation = _store.Add("odd", "echo > $out", BuildStore.With((name, value)));

        var result = _store.Fail(derivation);

        Assert.Contains(_store.Store.Directory.Format(derivation), result.Message);
        _store.AssertClean();
    }

    [Fact]
    public void A_feature_that_this_machine_has_not_is_named()
    {
        var derivation = _store.Add(
            "feature",
            "echo > $out",
            BuildStore.With(("requiredSystemFeatures", "gccarch-moon big-parallel"))
        );

        Assert.Contains(
            "Reason: missing system features\nRequired features: {big-parallel, gccarch-moon}",
            _store.Fail(derivation).Message
        );
    }

    [Fact]
    public void A_second_build_with_the_same_result_passes_a_check_and_another_result_fails_it()
    {
        var same = _store.Add("same", "echo 1 > $out");
        var differs = _store.Add("differs", "cat /proc/sys/kernel/random/uuid > $out");
        _store.Build(same);
        _store.Build(differs);

        Assert.True(_store.Run([same], mode: BuildMode.Check).Results.Single().IsSuccess);
        var report = _store.Run([differs], mode: BuildMode.Check);

        Assert.Equal(BuildStatus.NotDeterministic, report.Results.Single().Status);
        Assert.Contains("may not be deterministic: output", report.Results.Single().Message);
        Assert.Equal(104, FailureExitStatus.Of(report.Failures));
        _store.AssertClean();
    }

    [Fact]
    public void A_log_is_kept_where_the_store_keeps_logs()
    {
        var derivation = _store.Add("talks", "echo one; echo two >&2; echo > $out");
        _store.Build(derivation);

        var log = new Ferry.Build.Logs.LogDirectory(_store.Store.Location.LogDirectory);
        Assert.Equal("one\ntwo\n", File.ReadAllText(log.PathOf(derivation.ToString())));
    }

    [Fact]
    public void The_same_builds_in_two_stores_give_the_same_paths_and_hashes()
    {
        using var other = BuildStore.OpenOrSkip();
        Assert.Equal(BuildAndHash(_store), BuildAndHash(other));

        static (string, Hash) BuildAndHash(BuildStore store)
        {
            var derivation = store.Add("tree", "mkdir -p $out/a/b; echo $out > $out/a/b/c");
            var output = store.Build(derivation);
            return (output.ToString(), store.Store.QueryInfo(output)!.NarHash);
        }
    }
}
