using System.Globalization;

namespace Ferry.Cli.Settings;

/// <summary>The values of all settings, from defaults, files, environment and command line, the later ones winning.</summary>
internal sealed class SettingStore
{
    private readonly Dictionary<string, SettingDefinition> _definitions =
        SettingTable.Definitions.ToDictionary(
            definition => definition.Name,
            StringComparer.Ordinal
        );

    // Names that stock still takes for others.
    private static readonly Dictionary<string, string> s_aliases = new(StringComparer.Ordinal)
    {
        ["build-chroot-dirs"] = "sandbox-paths",
        ["build-cores"] = "cores",
        ["build-max-jobs"] = "max-jobs",
        ["build-sandbox-paths"] = "sandbox-paths",
        ["commit-lockfile-summary"] = "commit-lock-file-summary",
    };

    private readonly HashSet<string> _others = new(SettingTable.OtherNames, StringComparer.Ordinal);
    private readonly Dictionary<string, string> _otherValues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    // Lists whose words may hold spaces, which their text does not show.
    private readonly Dictionary<string, IReadOnlyList<string>> _words = new(StringComparer.Ordinal);
    private readonly List<string> _unknown = [];

    /// <summary>Names that nobody knows, for one warning each.</summary>
    public IReadOnlyList<string> Unknown => _unknown;

    /// <summary>Every setting that has a meaning here, and those without one that somebody has set.</summary>
    public IEnumerable<SettingDefinition> Known =>
        _definitions.Values.Concat(
            _otherValues.Keys.Select(name => new SettingDefinition(
                name,
                SettingKind.Text,
                "",
                "a setting of stock's without a meaning here"
            ))
        );

    public bool IsSet(string name) => _values.ContainsKey(name);

    public string Text(string name) =>
        _values.TryGetValue(name, out var value) ? value
        : _otherValues.TryGetValue(name, out var other) ? other
        : _definitions[name].Default;

    public bool Switch(string name) => Text(name) == "true";

    public int Number(string name) => int.Parse(Text(name), CultureInfo.InvariantCulture);

    public IReadOnlyList<string> Words(string name) =>
        _words.TryGetValue(name, out var words) ? words : Split(Text(name));

    /// <summary>Sets a list whose words may hold spaces.</summary>
    public void SetWords(string name, IReadOnlyList<string> words)
    {
        _words[name] = words;
        _values[name] = string.Join(' ', words);
    }

    /// <summary>Sets one value; <c>extra-NAME</c> appends to a list.</summary>
    /// <param name="name">As in <c>nix.conf</c>.</param>
    /// <param name="value">As in <c>nix.conf</c>.</param>
    /// <param name="origin">Named in errors: a file, or the option.</param>
    /// <exception cref="SettingException">The value does not fit the setting's kind.</exception>
    public void Set(string name, string value, string origin)
    {
        if (name.StartsWith("extra-", StringComparison.Ordinal) && !_definitions.ContainsKey(name))
        {
            var list = name["extra-".Length..];
            list = s_aliases.GetValueOrDefault(list, list);
            if (
                _definitions.TryGetValue(list, out var extended)
                && extended.Kind == SettingKind.Words
            )
            {
                SetWords(list, [.. Words(list), .. Split(value)]);
                return;
            }

            name = list;
        }

        name = s_aliases.GetValueOrDefault(name, name);
        if (!_definitions.TryGetValue(name, out var definition))
        {
            if (_others.Contains(name))
                _otherValues[name] = value.Trim();
            else
                _unknown.Add(name);
            return;
        }

        // A prompt may end with a space; files of settings have none at the end of a line.
        _values[name] =
            definition.Kind == SettingKind.Text ? value : Check(definition, value.Trim(), origin);
        _words.Remove(name);
    }

    private static string Check(SettingDefinition definition, string value, string origin)
    {
        switch (definition.Kind)
        {
            case SettingKind.Switch:
                return value switch
                {
                    "true" or "yes" or "1" => "true",
                    "false" or "no" or "0" => "false",
                    // Stock's third value of 'sandbox'; Ferry's sandbox has one strictness.
                    "relaxed" when definition.Name == "sandbox" => "true",
                    _ => throw SettingException.Invalid(
                        definition.Name,
                        "true or false",
                        value,
                        origin
                    ),
                };
            case SettingKind.Number when !int.TryParse(value, CultureInfo.InvariantCulture, out _):
                throw SettingException.Invalid(definition.Name, "a whole number", value, origin);
            default:
                return value;
        }
    }

    /// <summary>The words of a list.</summary>
    public static string[] Split(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>A setting has a value that it cannot have.</summary>
internal sealed class SettingException : Exception
{
    private SettingException(string message)
        : base(message) { }

    public static SettingException Invalid(
        string name,
        string wanted,
        string value,
        string origin
    ) => new($"setting '{name}' must be {wanted}, not '{value}' (in {origin})");

    public static SettingException Malformed(string line, string origin) =>
        new($"syntax error in configuration line '{line}' in {origin}: expected 'name = value'");

    /// <param name="name">The setting.</param>
    /// <param name="reason">A sentence about its value.</param>
    public static SettingException Broken(string name, string reason) =>
        new($"setting '{name}' cannot be used: {reason}");

    public static SettingException Unreadable(string file, string origin) =>
        new($"file '{file}' included from '{origin}' not found");
}
