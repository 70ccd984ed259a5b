using System.Diagnostics;
using Ferry.Store.Local;
using Ferry.Store.Local.Verification;

namespace Ferry.Store.Tests.Local;

public sealed class FullDiskTests : IDisposable
{
    // Room for the collector's reserve and the database, and for a little more.
    private const string Size = "12m";

    private readonly Scratch _scratch = new();
    private readonly string _disk;
    private readonly bool _isMounted;

    public FullDiskTests()
    {
        _disk = _scratch.File("disk");
        Directory.CreateDirectory(_disk);
        _isMounted = Run("mount", "-t", "tmpfs", "-o", $"size={Size}", "tmpfs", _disk);
    }

    [Fact]
    public void A_full_disk_is_one_readable_error_and_leaves_the_store_as_it_was()
    {
        Assert.SkipUnless(_isMounted, "a small disk cannot be mounted here (root is needed)");
        using var store = LocalStore.Open(
            new LocalStoreOptions(StoreLocation.Below(_disk, new StoreEnvironment()))
        );
        var before = store.AddText("before", "text"u8, []);

        var exception = Assert.Throws<StoreException>(() =>
            store.AddText("large", new byte[16 * 1024 * 1024], [])
        );

        Assert.Contains(
            "No space left on device",
            exception.Message,
            StringComparison.OrdinalIgnoreCase
        );
        Assert.Equal([before], store.QueryAllValid());
        Assert.DoesNotContain(
            Directory.GetFileSystemEntries(store.Location.RealDirectory),
            entry => entry.EndsWith("-large", StringComparison.Ordinal)
        );

        var filler = Path.Combine(_disk, "filler");
        FillUp(filler);
        var full = Assert.Throws<StoreException>(() => AddMany(store));
        Assert.Matches("No space left on device|disk is full", full.Message);
        File.Delete(filler);
        _ = store.AddText("after", "text"u8, []);
        Assert.True(
            new StoreVerifier(store, new VerificationReport(_ => { }, Assert.Fail)).Run(
                checksContents: true,
                TestContext.Current.CancellationToken
            )
        );
    }

    // Until files or the database's log have no room: which of them comes first is a matter of pages.
    private static void AddMany(LocalStore store)
    {
        for (var number = 0; number < 1000; number++)
            _ = store.AddText($"text-{number}", "text"u8, []);
    }

    private static void FillUp(string path)
    {
        using var file = File.Create(path);
        var block = new byte[4096];
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // That is what was wanted.
        }
    }

    public void Dispose()
    {
        if (_isMounted)
            Run("umount", _disk);
        _scratch.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            }
        )!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
