using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Ferry.Store.FileTrees;
using Ferry.Store.Local;
using Ferry.Store.Local.Verification;

namespace Ferry.Store.Tests.Local;

public sealed class KillTests : IDisposable
{
    private const string FillVariable = "FERRY_TEST_FILL_STORE";
    private const int KillCount = 8;

    private readonly StoreFixture _fixture = new();

    [Fact]
    public void A_process_killed_while_it_adds_leaves_a_sound_store()
    {
        var source = _fixture.MakeTree();
        var errors = new List<string>();

        for (var kill = 0; kill < KillCount; kill++)
        {
            KillWhileFilling(source, afterMilliseconds: 10 + kill * 17);

            var isSound = new StoreVerifier(
                _fixture.Store,
                new VerificationReport(_ => { }, errors.Add)
            ).Run(checksContents: true, TestContext.Current.CancellationToken);
            Assert.True(isSound, string.Join('\n', errors));
        }

        // What a killed process left half-done does not stand in the way of the next one.
        Fill(_fixture.Store, source, count: 50);
        Assert.True(_fixture.Store.QueryAllValid().Count >= 100);
    }

    public void Dispose() => _fixture.Dispose();

    // This test program is its own victim: started with the variable set, it fills a store instead of running tests.
#pragma warning disable CA2255
    [ModuleInitializer]
    internal static void FillWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(FillVariable) is not { Length: > 0 } arguments)
            return;
        var (root, source) = (arguments.Split('|')[0], arguments.Split('|')[1]);
        using var store = LocalStore.Open(
            new LocalStoreOptions(StoreLocation.Below(root, new StoreEnvironment()))
        );
        Console.WriteLine("filling");
        Fill(store, source, count: int.MaxValue);
    }
#pragma warning restore CA2255

    private void KillWhileFilling(string source, int afterMilliseconds)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [Assembly.GetExecutingAssembly().Location]
        )
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[FillVariable] = $"{_fixture.Root}|{source}";
        using var process = Process.Start(start)!;
        Assert.Equal("filling", process.StandardOutput.ReadLine());
        Thread.Sleep(afterMilliseconds);
        process.Kill();
        process.WaitForExit();
    }

    private static void Fill(LocalStore store, string source, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var tree = store.AddTree(
                new TreeToAdd($"tree-{number}", target => FileTreeReader.Read(source, target))
            );
            store.AddText($"text-{number}", "text"u8, [tree]);
        }
    }
}
