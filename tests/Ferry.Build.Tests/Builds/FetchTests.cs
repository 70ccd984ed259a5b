using System.Text;
using Ferry.Fetching.Tests.Downloads;
using Ferry.Formats.Hashing;
using Ferry.Formats.Nar;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;
using Ferry.Store.Building;

namespace Ferry.Build.Tests.Builds;

public sealed class FetchTests : IDisposable
{
    private static readonly byte[] s_body = Encoding.ASCII.GetBytes("hi\n");
    private static readonly Hash s_hash = Hash.Compute(HashKind.Sha256, s_body);
    private static readonly Hash s_wrong = new(HashKind.Sha256, new byte[32]);

    private readonly BuildStore _store = BuildStore.OpenOrSkip();
    private readonly TemporaryDirectory _files = new();

    public void Dispose()
    {
        _store.Dispose();
        _files.Dispose();
    }

    [Fact]
    public void A_file_url_becomes_a_store_path_with_a_content_address()
    {
        var output = _store.Build(_store.AddFetch("file", WriteFile(), s_hash));

        Assert.Equal(s_body, File.ReadAllBytes(_store.Store.RealPath(output)));
        Assert.Equal(
            new ContentAddress(ContentAddressMethod.Flat, s_hash),
            _store.Store.QueryInfo(output)!.ContentAddress
        );
        _store.AssertClean();
    }

    [Fact]
    public void An_http_url_is_fetched_with_progress_and_no_build_slot()
    {
        using var server = new TestServer((context, _) => TestServer.Send(context, s_body));
        var derivation = _store.AddFetch("file", server.Address + "file", s_hash);

        var settings = _store.Settings with { Limits = new(0, 1, KeepsGoing: false) };
        _store.Build(derivation, settings);

        Assert.Contains((s_body.Length, s_body.Length), _store.Events.Progress);
        Assert.Equal([_store.Store.Directory.Format(derivation)], _store.Events.Summary!.ToBuild);
    }

    [Fact]
    public void A_wrong_hash_names_both_hashes_and_the_url_and_keeps_the_file_under_its_own_path()
    {
        var url = WriteFile();
        var derivation = _store.AddFetch("file", url, s_wrong);

        var report = _store.Run(derivation);

        Assert.Equal(
            "hash mismatch in fixed-output derivation "
                + $"'{_store.Store.Directory.Format(derivation)}':\n"
                + $" likely URL: {url}\n"
                + "  specified: sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
                + $"     got:    {s_hash.ToSri()}",
            report.Results.Single().Message
        );
        Assert.Equal(102, FailureExitStatus.Of(report.Failures));
        Assert.False(_store.Store.IsValid(_store.Output(derivation)));
        _store.AssertClean();

        File.Delete(new Uri(url).LocalPath);
        var corrected = _store.AddFetch("file", url, s_hash);
        Assert.Equal(BuildStatus.AlreadyValid, _store.Run(corrected).Results.Single().Status);
    }

    [Fact]
    public void A_file_that_is_not_there_fails_as_a_builder_does()
    {
        using var server = new TestServer((context, _) => TestServer.Refuse(context, 404));
        var derivation = _store.AddFetch("file", server.Address + "no", s_hash);

        var result = _store.Fail(derivation);

        Assert.Contains("Reason: builder failed with exit code 1.", result.Message);
        Assert.Contains(
            $"> error: unable to download '{server.Address}no': HTTP error 404\n",
            result.Message
        );
        _store.AssertClean();
    }

    [Fact]
    public void When_the_first_place_is_off_the_next_one_is_asked()
    {
        using var server = new TestServer(
            (context, number) =>
            {
                if (number == 1)
                    TestServer.Refuse(context, 500);
                else
                    TestServer.Send(context, s_body);
            }
        );
        var derivation = _store.AddFetch(
            "file",
            server.Address + "first",
            s_hash,
            ("urls", $"{server.Address}first {server.Address}second")
        );

        _store.Build(derivation);

        Assert.Contains("trying another place", _store.Events.Lines.Single());
    }

    [Fact]
    public void An_executable_is_one_and_is_hashed_as_a_tree()
    {
        var nar = new MemoryStream();
        NarWriter.WriteFile(nar, s_body, isExecutable: true);
        var derivation = _store.Write(
            Fetching("program", WriteFile(), Hash.Compute(HashKind.Sha256, nar.ToArray()))(
                "executable",
                "1"
            )
        );

        var output = _store.Build(derivation);

        Assert.True(FileStatus.Get(_store.Store.RealPath(output)).IsExecutable);
    }

    [Theory]
    [InlineData("file.nar")]
    [InlineData("file.nar.xz")]
    public void An_archive_is_unpacked_when_the_derivation_says_so(string name)
    {
        // The archive below, compressed by xz 5.4.
        const string compressed =
            "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AB3AEBdAAaANh/vps6/droaek8r6qRTJO2hIwRx/1u/l2m68ym+JEmkcF2PMAtHKBMzvRezszyuOHsvPEyvU8ttJq0ZbawAtQFj5h0fxqsAAVx4fV5WaB+2830BAAAAAARZWg==";
        var nar = new MemoryStream();
        NarWriter.WriteFile(nar, s_body, isExecutable: false);
        var path = Path.Combine(_files.Path, name);
        File.WriteAllBytes(
            path,
            name.EndsWith(".xz", StringComparison.Ordinal)
                ? Convert.FromBase64String(compressed)
                : nar.ToArray()
        );
        var derivation = _store.Write(
            Fetching("file", $"file://{path}", Hash.Compute(HashKind.Sha256, nar.ToArray()))(
                "unpack",
                "1"
            )
        );

        _store.Build(derivation);

        Assert.Equal("hi\n", _store.OutputText(derivation));
        _store.AssertClean();
    }

    [Fact]
    public void An_archive_that_is_broken_fails_as_a_builder_does()
    {
        var derivation = _store.Write(Fetching("file", WriteFile(), s_wrong)("unpack", "1"));

        var result = _store.Fail(derivation);

        Assert.Contains("> error: unable to unpack 'file://", result.Message);
        _store.AssertClean();
    }

    [Theory]
    [InlineData(ContentAddressMethod.Flat)]
    [InlineData(ContentAddressMethod.Recursive)]
    public void A_script_may_make_a_fixed_output(ContentAddressMethod method)
    {
        var nar = new MemoryStream();
        NarWriter.WriteFile(nar, s_body, isExecutable: false);
        var hash =
            method == ContentAddressMethod.Flat
                ? s_hash
                : Hash.Compute(HashKind.Sha512, nar.ToArray());
        var derivation = _store.Add("fixed", "echo hi > $out", BuildStore.Fixed(method, hash));

        _store.Build(derivation);

        Assert.Equal("hi\n", _store.OutputText(derivation));
        _store.AssertClean();
    }

    [Fact]
    public void A_flat_hash_of_a_directory_is_refused()
    {
        var derivation = _store.Add(
            "fixed",
            "mkdir $out",
            BuildStore.Fixed(ContentAddressMethod.Flat, s_hash)
        );

        Assert.Contains(
            "should be a non-executable regular file since recursive hashing is not enabled",
            _store.Fail(derivation).Message
        );
        _store.AssertClean();
    }

    [Fact]
    public void A_fixed_output_must_not_refer_to_anything()
    {
        var dependency = _store.Add("dependency", "echo 1 > $out");
        var path = _store.Store.Directory.Format(_store.Output(dependency));
        var hash = Hash.Compute(HashKind.Sha256, Encoding.ASCII.GetBytes(path + "\n"));
        var derivation = _store.Add(
            "fixed",
            "echo $dependency > $out",
            plain =>
                BuildStore.Fixed(ContentAddressMethod.Flat, hash)(_store.Needs(dependency)(plain))
        );

        Assert.Contains(
            "fixed-output derivations must not reference store paths",
            _store.Fail(derivation).Message
        );
    }

    private string WriteFile()
    {
        var path = Path.Combine(_files.Path, "file");
        File.WriteAllBytes(path, s_body);
        return $"file://{path}";
    }

    private static Func<string, string, Ferry.Formats.Derivations.Derivation> Fetching(
        string name,
        string url,
        Hash hash
    ) =>
        (variable, value) =>
            BuildStore.With(("url", url), (variable, value))(
                BuildStore.Fixed(ContentAddressMethod.Recursive, hash)(
                    new Ferry.Formats.Derivations.Derivation
                    {
                        Name = name,
                        System = "builtin",
                        Builder = "builtin:fetchurl",
                        Outputs = Ferry
                            .Formats
                            .SortedMap<
                                Ferry.Formats.ByteString,
                                Ferry.Formats.Derivations.DerivationOutput
                            >
                            .Empty,
                    }
                )
            );
}
