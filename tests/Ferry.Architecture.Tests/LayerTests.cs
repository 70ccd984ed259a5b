using System.Xml.Linq;

namespace Ferry.Architecture.Tests;

public class LayerTests
{
    // A project may reference only what its row names. A new project needs a row, so a reviewer sees it.
    private static readonly Dictionary<string, string[]> s_mayReference = new()
    {
        ["Ferry.Syntax"] = [],
        ["Ferry.Formats"] = [],
        ["Ferry.Platform"] = [],
        ["Ferry.Evaluation"] = ["Ferry.Syntax", "Ferry.Formats"],
        ["Ferry.Store"] = ["Ferry.Formats", "Ferry.Platform"],
        ["Ferry.Emulation"] = ["Ferry.Platform"],
        ["Ferry.Builtins"] = ["Ferry.Evaluation", "Ferry.Formats", "Ferry.Syntax"],
        ["Ferry.Protocol"] = ["Ferry.Store", "Ferry.Formats"],
        ["Ferry.Build"] = ["Ferry.Store", "Ferry.Formats", "Ferry.Platform", "Ferry.Emulation"],
        ["Ferry.Fetching"] = ["Ferry.Store", "Ferry.Formats", "Ferry.Platform"],
        ["Ferry.Debian"] = ["Ferry.Store", "Ferry.Formats", "Ferry.Platform"],
        ["Ferry.EvaluationCache"] = ["Ferry.Evaluation", "Ferry.Formats", "Ferry.Platform"],
        ["Ferry.Flakes"] = ["Ferry.Evaluation", "Ferry.Fetching", "Ferry.Syntax", "Ferry.Formats"],
    };

    public static TheoryData<string> Libraries =>
        [
            .. Directory
                .EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Where(name => name != "Ferry.Cli")
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_project_references_only_its_lower_layers(string project)
    {
        var references = XDocument
            .Load(Repository.PathOf("src", project, project + ".csproj"))
            .Descendants("ProjectReference")
            .Select(reference =>
                Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)
            );

        Assert.Empty(references.Except(s_mayReference[project]));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_project_uses_no_namespace_of_a_room_it_does_not_reference(string project)
    {
        // Project references are transitive in MSBuild, so the file alone does not stop a leak.
        var allowed = s_mayReference[project].Append(project).ToHashSet(StringComparer.Ordinal);
        var rooms = s_mayReference.Keys.Where(room => !allowed.Contains(room)).ToArray();

        var leaks =
            from file in Directory.EnumerateFiles(
                Repository.PathOf("src", project),
                "*.cs",
                SearchOption.AllDirectories
            )
            from line in File.ReadLines(file)
            from room in rooms
            where
                line.StartsWith($"using {room};", StringComparison.Ordinal)
                || line.StartsWith($"using {room}.", StringComparison.Ordinal)
            select $"{file}: {line}";

        Assert.Empty(leaks);
    }

    [Fact]
    public void No_folder_has_a_name_that_means_anything()
    {
        string[] banned = ["Common", "Core", "Shared", "Helpers", "Utils", "Utilities", "Misc"];
        var found = Directory
            .EnumerateDirectories(Repository.PathOf("src"), "*", SearchOption.AllDirectories)
            .Where(folder => banned.Contains(Path.GetFileName(folder), StringComparer.Ordinal));

        Assert.Empty(found);
    }

    [Fact]
    public void Unsafe_code_lives_in_its_rooms()
    {
        string[] rooms = ["Ferry.Evaluation/Memory", "Ferry.Platform", "Ferry.Formats/Compression"];
        var found = Directory
            .EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file =>
                !rooms.Any(room => file.Contains("/" + room + "/", StringComparison.Ordinal))
            )
            .Where(file =>
                File.ReadLines(file)
                    .Any(line =>
                        line.Contains(" unsafe ", StringComparison.Ordinal)
                        && !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
                    )
            );

        Assert.Empty(found);
    }
}
