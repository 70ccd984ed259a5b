using System.Reflection;
using System.Text;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Settings;
using Ferry.Cli.Verbs;

namespace Ferry.Cli.Manual;

/// <summary>Every page: what is written in <c>Pages</c>, and what verbs, options and settings say of themselves.</summary>
/// <param name="options">In which the tables of options are declared; nothing is set.</param>
internal sealed class ManualPages(SessionOptions options)
{
    private const string Folder = "manual/";
    private const string SharedTitle = "Options of every command";
    private const string SettingsNote =
        "Every setting is an option as well; `ferry help settings` lists them.";

    private static readonly Assembly s_program = typeof(ManualPages).Assembly;

    /// <summary>Pages of commands first, in the order of help texts, then those of concepts.</summary>
    public IEnumerable<ManualPage> All() =>
        VerbTable.All.Select(OfVerb).Concat(Concept.All.Select(OfConcept));

    /// <returns>Null when neither a command nor a concept has the name.</returns>
    public ManualPage? Find(string name) =>
        VerbTable.All.FirstOrDefault(verb => NameOf(verb) == name) is { } verb ? OfVerb(verb)
        : Concept.All.FirstOrDefault(concept => concept.Name == name) is { } concept
            ? OfConcept(concept)
        : null;

    public static IEnumerable<string> Names() =>
        VerbTable.All.Select(NameOf).Concat(Concept.All.Select(concept => concept.Name));

    /// <returns>The name and the section of a man page; null when there is no such page.</returns>
    public static (string Name, int Section)? FindManPage(string name) =>
        VerbTable.All.FirstOrDefault(verb => NameOf(verb) == name) is { } verb
            ? (TitleOf(verb).Replace(' ', '-'), 1)
        : Concept.All.FirstOrDefault(concept => concept.Name == name) is { } concept
            ? (concept.ManName, concept.Section)
        : null;

    public ManualPage OfVerb(Verb verb)
    {
        var title = TitleOf(verb);
        var shared = new OptionTable(Concept.Overview);
        options.Declare(shared);
        var own = new OptionTable(Concept.Overview, shared);
        verb.Declare(own, options);
        return new()
        {
            Name = NameOf(verb),
            Title = title,
            ManName = title.Replace(' ', '-'),
            Summary = verb.Summary,
            Synopsis = $"[OPTION]... {verb.Operands}".TrimEnd(),
            Text = Read(NameOf(verb)),
            Lists = [new("Options", "", Entries(own.Options)), Shared(shared)],
        };
    }

    private ManualPage OfConcept(Concept concept)
    {
        var shared = new OptionTable(Concept.Overview);
        options.Declare(shared);
        return new()
        {
            Name = concept.Name,
            Title = concept.ManName,
            ManName = concept.ManName,
            Section = concept.Section,
            Summary = concept.Summary,
            Synopsis = concept.Name == Concept.Overview ? "COMMAND [OPTION]... [OPERAND]..." : null,
            Text = Read(concept.Name),
            Lists = concept.Name switch
            {
                Concept.Settings => [SettingList()],
                Concept.Overview => [.. CommandGroups.Lists(), Shared(shared)],
                _ => [],
            },
        };
    }

    private static string TitleOf(Verb verb) =>
        VerbTable.ClassicNames.Contains(verb.Path) ? verb.Path : $"{Concept.Overview} {verb.Path}";

    private static string NameOf(Verb verb) => verb.Path.Replace(' ', '-');

    private static string Read(string name)
    {
        using var stream =
            s_program.GetManifestResourceStream($"{Folder}{name}.md")
            ?? throw new FileNotFoundException($"the manual has no page '{name}'");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    // Options that settings bring along are on the page of settings.
    private static TermList Shared(OptionTable shared) =>
        new(SharedTitle, SettingsNote, Entries(shared.Options.Where(option => !option.IsSetting)));

    private static IReadOnlyList<TermEntry> Entries(IEnumerable<Option> options) =>
        [
            .. options.Select(option => new TermEntry(
                option.Names,
                option.Parameters,
                option.Summary
            )),
        ];

    private static TermList SettingList() =>
        new(
            "All settings",
            "",
            [
                .. SettingTable
                    .Definitions.OrderBy(setting => setting.Name, StringComparer.Ordinal)
                    .Select(setting => new TermEntry(
                        [setting.Name],
                        [setting.Default.Length > 0 ? $"= {setting.Default}" : "="],
                        setting.Summary
                    )),
            ]
        );
}
