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

    /// <summary>Names that stock still takes for others.</summary>
    public static IReadOnlyDictionary<string, string> Aliases => s_aliases;

    private static readonly Dictionary<string, string> s_aliases = new(StringComparer.Ordinal)
    {
        ["binary-cache-public-keys"] = "trusted-public-keys",
        ["binary-caches"] = "substituters",
        ["binary-caches-parallel-connections"] = "http-connections",
        ["build-chroot-dirs"] = "sandbox-paths",
        ["build-compress-log"] = "compress-build-log",
        ["build-cores"] = "cores",
        ["build-fallback"] = "fallback",
        ["build-keep-log"] = "keep-build-log",
        ["build-max-jobs"] = "max-jobs",
        ["build-max-log-size"] = "max-build-log-size",
        ["build-max-silent-time"] = "max-silent-time",
        ["build-sandbox-paths"] = "sandbox-paths",
        ["build-timeout"] = "timeout",
        ["build-use-chroot"] = "sandbox",
        ["build-use-sandbox"] = "sandbox",
        ["build-use-substitutes"] = "substitute",
        ["commit-lockfile-summary"] = "commit-lock-file-summary",
        ["env-keep-derivations"] = "keep-env-derivations",
        ["gc-keep-derivations"] = "keep-derivations",
        ["gc-keep-outputs"] = "keep-outputs",
        ["trusted-binary-caches"] = "trusted-substituters",
        ["use-binary-caches"] = "substitute",
    };

    private const string Features = "experimental-features";

    private const string ShortPathWarning = "warn-short-path-literals";

    // Features that became settings.
    private static readonly Dictionary<string, string> s_stabilised = new(StringComparer.Ordinal)
    {
        ["no-url-literals"] = "lint-url-literals = fatal",
    };

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    // Lists whose words may hold spaces, which their text does not show.
    private readonly Dictionary<string, IReadOnlyList<string>> _words = new(StringComparer.Ordinal);
    private readonly List<string> _unknown = [];
    private readonly List<string> _notes = [];

    /// <summary>What a person should know of their settings, for one warning each.</summary>
    public IEnumerable<string> Notes =>
        _notes
            .Concat(Stabilised())
            .Concat(_unknown.Select(name => $"unknown setting '{name}'"))
            .Distinct(StringComparer.Ordinal);

    public IEnumerable<SettingDefinition> Known => _definitions.Values;

    public bool IsSet(string name) => _values.ContainsKey(name);

    public string Text(string name) =>
        _values.TryGetValue(name, out var value) ? value : _definitions[name].Default;

    public bool Switch(string name) => Text(name) == "true";

    /// <summary>The value, or the nearest that fits.</summary>
    public int Number(string name) => (int)Math.Clamp(LongNumber(name), int.MinValue, int.MaxValue);

    public long LongNumber(string name) => long.Parse(Text(name), CultureInfo.InvariantCulture);

    public IReadOnlyList<string> Words(string name) =>
        _words.TryGetValue(name, out var words) ? words : Split(Text(name));

    /// <summary>Sets a list whose words may hold spaces.</summary>
    public void SetWords(string name, IReadOnlyList<string> words)
    {
        if (name == Features)
            words = WithImplied(words);
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
        if (name == ShortPathWarning)
            SetShortPathWarning(Check(_definitions[name], value.Trim(), origin) == "true");

        if (!_definitions.TryGetValue(name, out var definition))
        {
            _unknown.Add(name);
            return;
        }

        if (name == Features)
        {
            SetWords(name, Split(value));
            return;
        }

        // A prompt may end with a space; files of settings have none at the end of a line.
        _values[name] =
            definition.Kind == SettingKind.Text ? value : Check(definition, value.Trim(), origin);
        _words.Remove(name);
    }

    // A set, as in stock; flakes need the other one.
    private static string[] WithImplied(IReadOnlyList<string> features) =>
        [
            .. features
                .Concat(features.Contains("flakes") ? ["fetch-tree"] : [])
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    // Now a value of another setting.
    private void SetShortPathWarning(bool isWanted)
    {
        if (isWanted)
        {
            _notes.Add(
                $"'{ShortPathWarning}' is deprecated, use 'lint-short-path-literals = warn' instead"
            );
            _values["lint-short-path-literals"] = "warn";
        }
        else if (_values.GetValueOrDefault(ShortPathWarning) == "true")
            _values.Remove("lint-short-path-literals");
    }

    private IEnumerable<string> Stabilised() =>
        Words("experimental-features")
            .Where(s_stabilised.ContainsKey)
            .Select(name =>
                $"experimental feature '{name}' has been stabilized and renamed; "
                + $"use '{s_stabilised[name]}' setting instead"
            );

    private static string Check(SettingDefinition definition, string value, string origin)
    {
        switch (definition.Kind)
        {
            case SettingKind.Switch:
                return value switch
                {
                    "true" or "yes" or "1" => "true",
                    "false" or "no" or "0" => "false",
                    _ when value == definition.Middle => value,
                    _ => throw SettingException.Invalid(
                        definition.Name,
                        definition.Middle is { } middle
                            ? $"true, false or {middle}"
                            : "true or false",
                        value,
                        origin
                    ),
                };
            case SettingKind.Number:
                return ParseNumber(value)?.ToString(CultureInfo.InvariantCulture)
                    ?? throw SettingException.Invalid(
                        definition.Name,
                        "a whole number",
                        value,
                        origin
                    );
            default:
                return value;
        }
    }

    /// <summary>A whole number; K, M, G or T at its end stands for a power of 1024.</summary>
    /// <returns>Null when it is none.</returns>
    public static long? ParseNumber(string text)
    {
        var power = text.Length == 0 ? 0 : "KMGT".IndexOf(char.ToUpperInvariant(text[^1])) + 1;
        var digits = power > 0 ? text[..^1] : text;
        return long.TryParse(digits, CultureInfo.InvariantCulture, out var number)
            ? number << (10 * power)
            : null;
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
