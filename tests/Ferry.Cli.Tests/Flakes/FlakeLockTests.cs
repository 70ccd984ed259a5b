using Ferry.Store.Tests;

namespace Ferry.Cli.Tests.Flakes;

/// <summary>Runs the same commands with stock and with Ferry on the same flakes, and compares the lock files byte for byte.</summary>
public class FlakeLockTests
{
    private const string StockVersion = "2.34";

    public static TheoryData<string> Names => [.. FlakeShape.All.Select(shape => shape.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lock_file_is_the_one_that_stock_writes(string name)
    {
        StockNix.Require(StockVersion);
        var shape = FlakeShape.All.Single(candidate => candidate.Name == name);
        using var place = new FlakePlace();
        RequireVisible(place);

        place.Write(shape);
        var expected = Run(place, shape, arguments => Stock(place, arguments));
        place.Write(shape);
        var found = Run(place, shape, arguments => place.Ferry(arguments).Succeeded());
        Assert.Equal(expected, found);
        Assert.Equal(shape.Name != "no inputs", found.Length > 0);
    }

    private static string Run(FlakePlace place, FlakeShape shape, Action<string[]> call)
    {
        foreach (var words in shape.Calls)
        {
            // "flake lock a" is about another flake than the top.
            var arguments = words.Split(' ').ToList();
            var folder = arguments is [_, "lock", var other] ? other : shape.Top;
            if (arguments is [_, "lock", _])
                arguments.RemoveAt(2);
            call([
                .. arguments.Select(word => word.Replace("@ROOT@", place.Files)),
                Path.Combine(place.Files, folder),
            ]);
            place.SetTimes();
        }

        var file = Path.Combine(place.Files, shape.Top, "flake.lock");
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }

    private static void Stock(FlakePlace place, string[] arguments) =>
        StockNix.Run([
            "env",
            .. place.Environment("stock").Select(pair => $"{pair.Key}={pair.Value}"),
            "nix",
            .. arguments,
            "--store",
            Path.Combine(place.Root, "stock-store"),
        ]);

    // Stock may run in a chroot that sees only some folders.
    private static void RequireVisible(FlakePlace place) =>
        Assert.SkipUnless(
            StockNix.TryRun("test", "-d", place.Root).ExitCode == 0,
            $"stock Nix does not see '{place.Root}'; share the folder of temporary files with its chroot"
        );
}
