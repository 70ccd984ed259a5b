namespace Ferry.Cli.Manual;

/// <summary>A page that is not about one command.</summary>
/// <param name="Name">As in <c>ferry help NAME</c>.</param>
/// <param name="Section">Of the manual.</param>
/// <param name="Summary">One sentence without a full stop.</param>
internal sealed record Concept(string Name, int Section, string Summary)
{
    public const string Overview = "ferry";
    public const string Settings = "settings";

    public static IReadOnlyList<Concept> All { get; } =
    [
        new(Overview, 1, "build software, for this machine and for others"),
        new("installables", 7, "how packages are named on the command line"),
        new("flake-references", 7, "how flakes are named"),
        new(Settings, 5, "what can be set, in nix.conf or as an option"),
        new("environment", 7, "the variables that are read"),
        new("files", 5, "where things are kept"),
    ];

    public string ManName => Name == Overview ? Name : $"{Overview}-{Name}";
}
