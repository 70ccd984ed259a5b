using System.Diagnostics;
using Ferry.Fetching.Tests.Downloads;
using Ferry.Formats.Hashing;
using Ferry.Store.Building;

namespace Ferry.Build.Tests.Builds;

/// <summary>A store on a file system that is small enough to fill.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int MegabytesOfDisk = 24;

    private readonly TemporaryDirectory _disk = new();
    private readonly BuildStore? _store;
    private readonly bool _isMounted;

    public FullDiskTests()
    {
        _isMounted = Run(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            $"size={MegabytesOfDisk}m",
            "tmpfs",
            _disk.Path
        );
        Assert.SkipUnless(_isMounted, "no small file system can be mounted here");
        try
        {
            _store = BuildStore.OpenOrSkip(root: Path.Combine(_disk.Path, "root"));
        }
        catch
        {
            // A test that is skipped here is not disposed of.
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _store?.Dispose();
        if (_isMounted)
            Run("umount", _disk.Path);
        _disk.Dispose();
    }

    [Fact]
    public void A_builder_that_fills_the_disk_fails_with_a_note_and_leaves_room_behind()
    {
        var derivation = _store!.Add(
            "big",
            "mkdir $out; i=0; while [ $i -lt 40 ]; do dd if=/dev/zero of=$out/$i bs=1M count=1 2>/dev/null || exit 1; i=$((i+1)); done"
        );

        var result = _store.Fail(derivation);

        Assert.Equal(BuildStatus.TransientFailure, result.Status);
        Assert.EndsWith(
            "\nnote: build failure may have been caused by lack of free disk space",
            result.Message
        );
        _store.AssertClean();
        Assert.True(_store.Run(_store.Add("small", "echo > $out")).Results[0].IsSuccess);
    }

    [Fact]
    public void A_download_that_fills_the_disk_says_so_once_and_is_not_tried_again()
    {
        using var server = new TestServer(
            (context, _) => TestServer.Send(context, new byte[(MegabytesOfDisk + 8) << 20])
        );
        var derivation = _store!.AddFetch(
            "big",
            server.Address,
            new Hash(HashKind.Sha256, new byte[32])
        );

        var result = _store.Fail(derivation);

        Assert.Equal(
            $"while building '{_store.Store.Directory.Format(derivation)}': the disk is full",
            result.Message
        );
        Assert.Equal(1, server.Requests);
        _store.AssertClean();
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
