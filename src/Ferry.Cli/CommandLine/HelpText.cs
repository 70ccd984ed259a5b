using System.Text;
using Ferry.Cli.Verbs;

namespace Ferry.Cli.CommandLine;

/// <summary>Help texts, made from what verbs and options say of themselves.</summary>
internal static class HelpText
{
    private const int SummaryColumn = 34;

    public static string OfProgram(IEnumerable<Verb> verbs)
    {
        var text = new StringBuilder();
        text.Append("Usage: ferry COMMAND [OPTION]... [OPERAND]...\n\n");
        text.Append("Ferry builds software, for this machine and for others.\n\nCommands:\n");
        foreach (var verb in verbs)
            Row(text, verb.Path, verb.Summary);
        text.Append(
            "\n'ferry COMMAND --help' describes one command, 'ferry help' lists more than commands.\n"
        );
        return text.ToString();
    }

    public static string OfVerb(Verb verb, string command, OptionTable own, OptionTable shared)
    {
        var text = new StringBuilder();
        text.Append($"Usage: {command} [OPTION]... {verb.Operands}".TrimEnd());
        text.Append($"\n\n{char.ToUpperInvariant(verb.Summary[0])}{verb.Summary[1..]}.\n");
        Options(text, "Options", own);
        Options(text, "Options of every command", shared);
        return text.ToString();
    }

    private static void Options(StringBuilder text, string title, OptionTable table)
    {
        if (table.Options.Count == 0)
            return;
        text.Append($"\n{title}:\n");
        foreach (var option in table.Options)
        {
            var names = string.Join(", ", option.Names.OrderBy(name => name.Length));
            Row(text, string.Join(' ', [names, .. option.Parameters]), option.Summary);
        }
    }

    private static void Row(StringBuilder text, string left, string right)
    {
        text.Append("  ").Append(left);
        if (left.Length + 2 >= SummaryColumn)
            text.Append('\n').Append(' ', SummaryColumn);
        else
            text.Append(' ', SummaryColumn - left.Length - 2);
        text.Append(right).Append('\n');
    }
}
