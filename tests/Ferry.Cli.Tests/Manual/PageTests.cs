using System.Text.RegularExpressions;

namespace Ferry.Cli.Tests.Manual;

/// <summary>What is written, against what the program knows.</summary>
public partial class PageTests
{
    private const int SummaryColumn = 34;

    private static readonly Lazy<IReadOnlyList<string>> s_listed = new(() =>
        [.. Listed("help").Select(name => name.Replace(' ', '-'))]
    );

    [Fact]
    public void Commands_and_concepts_have_a_page_each_and_there_is_no_other_page() =>
        Assert.Equal(s_listed.Value.Order(StringComparer.Ordinal).Distinct(), PageFiles.Names);

    [Fact]
    public void The_list_has_every_command_that_the_short_help_has()
    {
        var commands = FerryProgram
            .Run("-h")
            .Succeeded()
            .Output.Split('\n')
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal))
            .Select(line => line[2..Math.Min(line.Length, SummaryColumn)].Trim().Replace(' ', '-'));
        Assert.All(commands, command => Assert.Contains(command, s_listed.Value));
    }

    [Fact]
    public void A_page_begins_with_its_title_and_says_what_its_subject_is() =>
        Assert.All(
            PageFiles.Names,
            name =>
            {
                var lines = PageFiles.Text(name).Split('\n');
                Assert.Matches(TitleForm(), lines[0]);
                Assert.EndsWith(name, lines[0].Replace(' ', '-'));
                Assert.Equal("", lines[1]);
                Assert.Matches("^[A-Z`]", lines[2]);
            }
        );

    [Fact]
    public void Every_page_has_examples_and_names_other_pages() =>
        Assert.All(
            PageFiles.Names,
            name =>
            {
                Assert.NotEmpty(PageFiles.Examples(name).SelectMany(ExampleLine.Commands));
                var text = PageFiles.Text(name);
                Assert.Contains("## See also\n", text);
                Assert.All(
                    Reference().Matches(text).Select(match => match.Groups[1].Value),
                    other => Assert.Contains(other, PageFiles.Names)
                );
            }
        );

    /// <remarks>With <c>--help</c> a command line is read, and nothing is done.</remarks>
    [Fact]
    public void Commands_and_options_of_examples_are_known()
    {
        var commands = PageFiles
            .Names.SelectMany(PageFiles.Examples)
            .SelectMany(ExampleLine.Commands)
            .ToList();
        Assert.All(
            commands,
            words =>
            {
                string[] program = words[0] == "ferry" ? [] : [words[0]];
                var isClassic = words[0].StartsWith("nix-", StringComparison.Ordinal);
                var outcome = isClassic
                    ? FerryProgram.Run([.. program, "--help", .. words.Skip(1)])
                    : FerryProgram.Run(["--help", .. words.Skip(1)]);
                Assert.True(outcome.ExitCode == 0, $"{string.Join(' ', words)}: {outcome.Error}");
            }
        );
    }

    [Fact]
    public void Every_option_says_what_it_does() =>
        Assert.All(
            PageFiles.Names.Where(name =>
                PageFiles.Text(name).StartsWith("# ferry ", StringComparison.Ordinal)
            ),
            name =>
            {
                var words = PageFiles.Text(name).Split('\n')[0]["# ferry ".Length..].Split(' ');
                var lines = FerryProgram.Run(["-h", .. words]).Succeeded().Output.Split('\n');
                for (var at = 0; at < lines.Length; at++)
                {
                    if (!lines[at].StartsWith("  -", StringComparison.Ordinal))
                        continue;
                    var isBeside =
                        lines[at].Length > SummaryColumn && lines[at][SummaryColumn - 1] == ' ';
                    var text = isBeside ? lines[at] : lines[at + 1];
                    Assert.Matches($"^.{{{SummaryColumn}}}[A-Za-z0-9]", text);
                }
            }
        );

    private static IEnumerable<string> Listed(params string[] words) =>
        FerryProgram
            .Run(words)
            .Succeeded()
            .Output.Split('\n')
            .Select(line => ListedName().Match(line))
            .Where(match => match.Success)
            .Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^    (\S+( \S+)*)(  |$)")]
    private static partial Regex ListedName();

    [GeneratedRegex("^# (ferry )?[a-z0-9 -]+$")]
    private static partial Regex TitleForm();

    [GeneratedRegex("`ferry help ([a-z0-9-]+)`")]
    private static partial Regex Reference();
}
