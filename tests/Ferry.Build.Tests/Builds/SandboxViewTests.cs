using Ferry.Formats.StorePaths;

namespace Ferry.Build.Tests.Builds;

/// <summary>What a builder sees. The expected texts were printed by builders under stock Nix 2.34.8.</summary>
public sealed class SandboxViewTests : IDisposable
{
    private readonly BuildStore _store = BuildStore.OpenOrSkip();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void The_environment_is_that_of_stock()
    {
        var derivation = _store.Add("env", "env > $out", BuildStore.With(("foo", "bar")));
        _store.Build(derivation, _store.Settings with { Cores = 2 });

        Assert.Equal(
            [
                "HOME=/homeless-shelter",
                "NIX_BUILD_CORES=2",
                "NIX_BUILD_TOP=/build",
                "NIX_LOG_FD=2",
                "NIX_STORE=/nix/store",
                "PATH=/path-not-set",
                "PWD=/build",
                "SHLVL=1",
                "TEMP=/build",
                "TEMPDIR=/build",
                "TERM=xterm-256color",
                "TMP=/build",
                "TMPDIR=/build",
                "builder=/bin/sh",
                "foo=bar",
                "name=env",
                $"out={_store.Store.Directory.Format(_store.Output(derivation))}",
                "system=x86_64-linux",
            ],
            Lines(derivation).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_fixed_output_builder_sees_the_variables_of_the_caller_that_it_asks_for()
    {
        var derivation = _store.Add(
            "env",
            "env; exit 1",
            plain =>
                BuildStore.With(("impureEnvVars", "FOO http_proxy"))(
                    BuildStore.Fixed(
                        ContentAddressMethod.Flat,
                        new(Ferry.Formats.Hashing.HashKind.Sha256, new byte[32])
                    )(plain)
                )
        );
        var settings = _store.Settings with
        {
            CallerVariable = name => name == "FOO" ? "bar" : null,
        };

        _store.Fail(derivation, settings);

        Assert.Contains("FOO=bar", _store.Events.Lines);
        Assert.Contains("http_proxy=", _store.Events.Lines);
        Assert.Contains("NIX_OUTPUT_CHECKED=1", _store.Events.Lines);
    }

    [Fact]
    public void Another_builder_sees_none_of_them()
    {
        var derivation = _store.Add("env", "env > $out", BuildStore.With(("impureEnvVars", "FOO")));
        _store.Build(derivation, _store.Settings with { CallerVariable = _ => "secret" });
        Assert.DoesNotContain("secret", _store.OutputText(derivation));
    }

    [Fact]
    public void The_root_holds_what_that_of_stock_holds()
    {
        var derivation = _store.Add(
            "root",
            "exec > $out; ls -a /; echo -; ls -a /dev; echo -; ls -a /etc; echo -; ls -a /bin; echo -; "
                + "ls -A /tmp /build; cat /etc/passwd /etc/group /etc/hosts; id; hostname; umask; "
                + "cat /proc/self/personality; stat -c '%a %u %g %n' /nix/store /build /tmp; ulimit -c"
        );
        _store.Build(derivation);

        Assert.Equal(
            """
            .
            ..
            bin
            build
            dev
            etc
            nix
            proc
            tmp
            -
            .
            ..
            fd
            full
            null
            ptmx
            pts
            random
            shm
            stderr
            stdin
            stdout
            tty
            urandom
            zero
            -
            .
            ..
            group
            hosts
            passwd
            -
            .
            ..
            sh
            -
            /build:

            /tmp:
            root:x:0:0:Nix build user:/build:/noshell
            nixbld:x:1000:100:Nix build user:/build:/noshell
            nobody:x:65534:65534:Nobody:/:/noshell
            root:x:0:
            nixbld:!:100:
            nogroup:x:65534:
            127.0.0.1 localhost
            ::1 localhost
            uid=1000(nixbld) gid=100(nixbld)
            localhost
            0022
            00040000
            1775 1000 100 /nix/store
            700 1000 100 /build
            1777 1000 100 /tmp
            0

            """,
            _store.OutputText(derivation)
        );
    }

    [Fact]
    public void The_store_shows_the_closure_of_the_inputs_and_nothing_else()
    {
        var deep = _store.Add("deep", "echo 1 > $out");
        var near = _store.Add("near", "mkdir $out; echo $deep > $out/a", _store.Needs(deep));
        var other = _store.Add("other", "echo 2 > $out");
        _store.Build(other);
        var derivation = _store.Add(
            "user",
            "ls /nix/store > $out; ! touch $near/x 2>/dev/null || exit 1; ! rm -rf $near 2>/dev/null",
            _store.Needs(near)
        );
        _store.Build(derivation);

        var seen = Lines(derivation).Where(line => line != _store.Output(derivation).ToString());
        Assert.Equal(
            new[] { _store.Output(deep).ToString(), _store.Output(near).ToString() }.Order(
                StringComparer.Ordinal
            ),
            seen.Order(StringComparer.Ordinal)
        );
        _store.AssertClean();
    }

    [Fact]
    public void Placeholders_are_replaced_in_arguments_variables_and_files()
    {
        const string placeholder = "/1rz4g4znpzjwh1xymhjpm42vipw92pr73vdgl6xs1hycac8kf2n9";
        var derivation = _store.Add(
            "placeholder",
            $"echo {placeholder} $x $(cat $fPath) > $out",
            BuildStore.With(("x", placeholder), ("f", placeholder), ("passAsFile", "f"))
        );
        _store.Build(derivation);

        var path = _store.Store.Directory.Format(_store.Output(derivation));
        Assert.Equal($"{path} {path} {path}\n", _store.OutputText(derivation));
    }

    [Fact]
    public void Files_of_the_build_directory_have_the_names_contents_and_modes_of_stock()
    {
        var dependency = _store.Add("dep", "echo dep > $out");
        var path = _store.Store.Directory.Format(_store.Output(dependency));
        var derivation = _store.Add(
            "files",
            "cd /build; for f in .attr-* g2 graph; do stat -c '%a %u %g %n' $f; cat $f; echo; done > $out; "
                + "echo $bigPath >> $out; env | grep -c ^big= >> $out; true",
            plain =>
                BuildStore.With(
                    ("passAsFile", "big other"),
                    ("big", "big content"),
                    ("other", "oth\ner"),
                    ("exportReferencesGraph", $"graph {path} g2 {path}")
                )(_store.Needs(dependency)(plain))
        );
        _store.Build(derivation);

        Assert.Equal(
            $"""
            644 1000 100 .attr-1lak0mvllw8rv9i9ygkglvhqsq19qi9ynl4bi7gbf69ab5nzw89a
            big content
            644 1000 100 .attr-1yng5xdkybsglm9mszm44zpkq3qvcjn5vn2bvhvmhwxhs488lafr
            oth
            er
            644 1000 100 g2
            {path}

            0

            644 1000 100 graph
            {path}

            0

            /build/.attr-1lak0mvllw8rv9i9ygkglvhqsq19qi9ynl4bi7gbf69ab5nzw89a
            0

            """,
            _store.OutputText(derivation)
        );
    }

    [Fact]
    public void There_is_no_network_but_a_loopback_device()
    {
        var derivation = _store.Add(
            "network",
            "exec > $out; grep -c : /proc/net/dev; ip route; ping -c 1 127.0.0.1 >/dev/null 2>&1; true"
        );
        _store.Build(derivation);
        Assert.Equal("1\n", _store.OutputText(derivation));
    }

    [Fact]
    public void A_set_user_id_bit_cannot_be_set()
    {
        var derivation = _store.Add("setuid", "touch $out; ! chmod 4755 $out");
        _store.Build(derivation);
    }

    private string[] Lines(StorePath derivation) =>
        _store.OutputText(derivation).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
