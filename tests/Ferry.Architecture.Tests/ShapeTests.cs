namespace Ferry.Architecture.Tests;

public class ShapeTests
{
    private const int LinesMax = 400;

    [Fact]
    public void No_hand_written_file_is_longer_than_400_lines()
    {
        var tooLong = Repository
            .HandWrittenSources()
            .Select(file => (file, lines: File.ReadLines(file).Count()))
            .Where(entry => entry.lines > LinesMax);

        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_file_of_the_package_set_is_executable()
    {
        // The set is embedded without modes; a mode that mattered would make the two forms differ.
        const UnixFileMode executable =
            UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        var found = Directory
            .EnumerateFiles(Repository.PathOf("packages"), "*", SearchOption.AllDirectories)
            .Where(file => (File.GetUnixFileMode(file) & executable) != UnixFileMode.None);

        Assert.Empty(found);
    }
}
