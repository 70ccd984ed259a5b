using System.Globalization;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Settings;
using Ferry.Formats.Json;

namespace Ferry.Cli.Verbs.Configuration;

internal sealed class ConfigShowVerb : Verb
{
    private bool _isJson;

    public override string Path => "config show";

    public override string Summary => "show all settings, or the value of one";

    public override string Operands => "[NAME]";

    public override void Declare(OptionTable options, SessionOptions shared) =>
        options.Switch("--json", "print JSON", () => _isJson = true);

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var definitions = session.Settings.Known.ToDictionary(
            definition => definition.Name,
            StringComparer.Ordinal
        );
        if (operands.Count == 0)
            session.Output.Write(_isJson ? Json(session) + "\n" : Text(session.Settings));
        else if (_isJson)
            throw session.Usage("'--json' is not supported when specifying a setting name");
        else if (!definitions.ContainsKey(session.OnlyOperand(operands)))
            throw new CommandException($"could not find setting '{operands[0]}'");
        else
            session.Output.WriteLine(session.Settings.Text(operands[0]));
        return ExitCode.Success;
    }

    private static string Text(SettingStore settings) =>
        string.Concat(
            Sorted(settings).Select(setting => $"{setting.Name} = {settings.Text(setting.Name)}\n")
        );

    private static string Json(Session session)
    {
        var settings = session.Settings;
        var json = new JsonWriter(isIndented: session.Options.IndentsJson);
        json.StartObject();
        foreach (var setting in Sorted(settings))
        {
            json.Name(setting.Name);
            json.StartObject();
            json.Name("defaultValue");
            Value(json, setting.Kind, setting.Default);
            json.Member("description", setting.Summary);
            json.Name("value");
            Value(json, setting.Kind, settings.Text(setting.Name));
            json.EndObject();
        }

        json.EndObject();
        return json.ToString();
    }

    private static void Value(JsonWriter json, SettingKind kind, string text)
    {
        switch (kind)
        {
            case SettingKind.Switch:
                json.Value(text == "true");
                break;
            case SettingKind.Number:
                json.Value(long.Parse(text, CultureInfo.InvariantCulture));
                break;
            case SettingKind.Words:
                json.StartList();
                foreach (var word in SettingStore.Split(text))
                    json.Value(word);
                json.EndList();
                break;
            default:
                json.Value(text);
                break;
        }
    }

    private static IEnumerable<SettingDefinition> Sorted(SettingStore settings) =>
        settings.Known.OrderBy(setting => setting.Name, StringComparer.Ordinal);
}
