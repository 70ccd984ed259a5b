using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;

namespace Ferry.Cli.Verbs.Shells;

/// <summary>The options by which a command that starts a program is told which variables that gets.</summary>
internal sealed class EnvironmentOptions
{
    private const string SetOption = "--set-env-var";
    private const string UnsetOption = "--unset-env-var";

    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unset = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _set = new(StringComparer.Ordinal);
    private bool _startsEmpty;

    public void Declare(OptionTable options)
    {
        options.Switch(
            "--ignore-env --ignore-environment -i",
            "start from no variables but those of --keep-env-var",
            () => _startsEmpty = true
        );
        options.Value(
            "--keep-env-var --keep -k",
            "NAME",
            "keep a variable, with --ignore-env",
            name => _kept.Add(name)
        );
        options.Value(
            $"{UnsetOption} --unset -u",
            "NAME",
            "take a variable away",
            name =>
            {
                if (_set.ContainsKey(name))
                    throw UsageException.Because(
                        options.Program,
                        $"Cannot unset environment variable '{name}' that is set with '{SetOption}'"
                    );
                _unset.Add(name);
            }
        );
        options.Pair(
            $"{SetOption} -s",
            "NAME",
            "VALUE",
            "set a variable",
            (name, value) =>
            {
                if (_unset.Contains(name))
                    throw UsageException.Because(
                        options.Program,
                        $"Cannot set environment variable '{name}' that is unset with '{UnsetOption}'"
                    );
                if (!_set.TryAdd(name, value))
                    throw UsageException.Because(
                        options.Program,
                        $"Duplicate definition of environment variable '{name}' with '{SetOption}' is ambiguous"
                    );
            }
        );
    }

    /// <summary>What the person's variables become.</summary>
    /// <exception cref="UsageException">Options contradict each other.</exception>
    public Dictionary<string, string> Apply(Session session)
    {
        if (_startsEmpty && _unset.Count > 0)
            throw session.Usage($"{UnsetOption} does not make sense with --ignore-env");
        if (!_startsEmpty && _kept.Count > 0)
            throw session.Usage("--keep-env-var does not make sense without --ignore-env");

        var variables = session
            .Options.Environment.Variables.Where(variable =>
                _startsEmpty ? _kept.Contains(variable.Key) : !_unset.Contains(variable.Key)
            )
            .ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in _set)
            variables[name] = value;
        return variables;
    }
}
