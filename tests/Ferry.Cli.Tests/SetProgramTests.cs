namespace Ferry.Cli.Tests;

/// <summary>Every package of the set, native, crossed and emulated: built here, and its program put to use.</summary>
[Collection(nameof(StoreFixture))]
public sealed class SetProgramTests(StoreFixture store)
{
    public static TheoryData<string, string> Cases { get; } =
        new(
            SetProgram.OnAllRoads.Select(pair => new TheoryDataRow<string, string>(
                pair.Road.Name,
                pair.Program.Package
            ))
        );

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_program_of_a_package_is_for_its_platform_and_does_its_work(
        string roadName,
        string package
    )
    {
        var road = SetRoad.All.Single(road => road.Name == roadName);
        var use = SetProgram.All.Single(program => program.Package == package);
        Assert.SkipUnless(
            use.IsBuiltFor(road),
            $"{package}, {roadName}: takes minutes to build; FERRY_ALL_ROADS=1 builds it"
        );
        store.BuildEverything();
        var installable = use.Installable(road);

        var programs = store
            .Run("build", "--no-link", "--print-out-paths", installable)
            .Succeeded()
            .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(path => $"{store.Real(path)}/bin/{use.Program}")
            .Where(File.Exists);
        Assert.Contains(road.Machine, ProgramFile.Kind(Assert.Single(programs)));

        var outcome = store
            .Run(new RunOptions { Input = use.Input }, "run", [installable, "--", .. use.Arguments])
            .Succeeded();
        Assert.Equal(use.Expected.Replace("CPU", road.Processor), outcome.Output);
    }
}
