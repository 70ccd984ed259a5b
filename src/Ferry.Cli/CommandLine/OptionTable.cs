using System.Globalization;
using Ferry.Formats;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Cli.CommandLine;

/// <summary>The options of one verb, and the reading of a command line against them.</summary>
/// <remarks>
/// Options and operands mix freely, <c>--</c> ends the options, <c>-j4</c> and <c>-vvv</c> are understood, an option
/// may take several arguments (<c>--arg NAME VALUE</c>): the grammar of stock's commands, which no general parser has.
/// </remarks>
/// <param name="program">Named in errors.</param>
/// <param name="outer">Options that are understood as well, unless this table has their name.</param>
internal sealed class OptionTable(string program, OptionTable? outer = null)
{
    private readonly Dictionary<string, Option> _byName = new(StringComparer.Ordinal);
    private readonly List<Option> _options = [];

    public string Program => program;

    /// <summary>In the order of declaration, for help texts.</summary>
    public IReadOnlyList<Option> Options => _options;

    /// <summary>Those of outer tables as well.</summary>
    public IEnumerable<Option> AllOptions => _options.Concat(outer?.AllOptions ?? []);

    /// <summary>Takes options that no table can name, such as <c>nix-store</c>'s unknown ones; false refuses.</summary>
    public Func<string, bool>? TakesUnknown { get; set; }

    /// <summary>Everything after the first operand belongs to somebody else, as with <c>ferry run TARGET …</c>.</summary>
    public bool EndsAtOperand { get; set; }

    public bool Knows(string name) => Find(name) is not null;

    public void Add(Option option)
    {
        _options.Add(option);
        foreach (var name in option.Names)
            _byName[name] = option;
    }

    /// <summary>An option without arguments; <c>names</c> are spellings separated by spaces: <c>"--no-link"</c>.</summary>
    public void Switch(string names, string summary, Action set) =>
        Add(new Option(names.Split(' '), [], summary, _ => set()));

    public void Value(string names, string parameter, string summary, Action<string> set) =>
        Add(new Option(names.Split(' '), [parameter], summary, arguments => set(arguments[0])));

    /// <summary>An option whose argument is one of a format's names.</summary>
    /// <param name="names">Spellings, separated by spaces.</param>
    /// <param name="parameter">The argument's name.</param>
    /// <param name="summary">For the help text.</param>
    /// <param name="parse">Fails with <see cref="BadFormatException"/>.</param>
    /// <param name="set">Gets what was parsed.</param>
    public void Read<T>(
        string names,
        string parameter,
        string summary,
        Func<string, T> parse,
        Action<T> set
    ) =>
        Value(
            names,
            parameter,
            summary,
            text =>
            {
                try
                {
                    set(parse(text));
                }
                catch (BadFormatException failure)
                {
                    throw UsageException.Because(program, failure.Message);
                }
            }
        );

    public void Number(string names, string parameter, string summary, Action<int> set) =>
        Value(
            names,
            parameter,
            summary,
            text =>
                set(
                    int.TryParse(text, CultureInfo.InvariantCulture, out var number)
                        ? number
                        : throw UsageException.Because(
                            program,
                            $"flag '{names.Split(' ')[0]}' needs a whole number, not '{text}'"
                        )
                )
        );

    public void Pair(
        string names,
        string first,
        string second,
        string summary,
        Action<string, string> set
    ) =>
        Add(
            new Option(
                names.Split(' '),
                [first, second],
                summary,
                arguments => set(arguments[0], arguments[1])
            )
        );

    /// <summary>An option that all further words belong to: a command with its arguments.</summary>
    public void Rest(
        string names,
        string parameters,
        string summary,
        Action<IReadOnlyList<string>> set
    ) =>
        Add(new Option(names.Split(' '), parameters.Split(' '), summary, set) { TakesRest = true });

    /// <returns>The operands, in order.</returns>
    /// <exception cref="UsageException">An unknown option or a missing argument.</exception>
    public List<string> Parse(IReadOnlyList<string> arguments)
    {
        var operands = new List<string>();
        for (var at = 0; at < arguments.Count; )
        {
            var argument = arguments[at++];
            if (argument == "--")
            {
                operands.AddRange(arguments.Skip(at));
                break;
            }

            if (argument.Length < 2 || argument[0] != '-')
            {
                operands.Add(argument);
                if (EndsAtOperand)
                {
                    // "run TARGET -- ARG" and "run TARGET ARG" mean the same.
                    var rest = arguments.Skip(at).ToList();
                    operands.AddRange(rest is ["--", ..] ? rest.Skip(1) : rest);
                    break;
                }
            }
            else if (Find(argument) is { } option)
                at = Apply(option, argument, arguments, at);
            else if (
                !TryCluster(argument, arguments, ref at)
                && TakesUnknown?.Invoke(argument) != true
            )
                throw UsageException.UnknownOption(program, argument, Near(argument));
        }

        return operands;
    }

    /// <returns>The index of the first operand, or the number of arguments when there is none.</returns>
    /// <exception cref="UsageException">An unknown option or a missing argument before it.</exception>
    public int ParseUntilOperand(IReadOnlyList<string> arguments)
    {
        var at = 0;
        while (at < arguments.Count && arguments[at].StartsWith('-'))
        {
            var argument = arguments[at++];
            if (Find(argument) is { } option)
                at = Apply(option, argument, arguments, at);
            else if (!TryCluster(argument, arguments, ref at))
                throw UsageException.UnknownOption(program, argument, Near(argument));
        }

        return at;
    }

    private int Apply(Option option, string spelling, IReadOnlyList<string> arguments, int at)
    {
        if (option.TakesRest)
        {
            if (at == arguments.Count)
                throw UsageException.Because(
                    program,
                    $"{option.Names[0]} requires at least one argument"
                );
            option.Set([.. arguments.Skip(at)]);
            return arguments.Count;
        }

        var wanted = option.Parameters.Length;
        if (at + wanted > arguments.Count)
            throw UsageException.MissingArgument(program, spelling, wanted, arguments.Count - at);
        option.Set([.. arguments.Skip(at).Take(wanted)]);
        return at + wanted;
    }

    // "-vvv" is three switches; "-j4" is an option with its argument; "-kL" two switches.
    private bool TryCluster(string argument, IReadOnlyList<string> arguments, ref int at)
    {
        if (argument[1] == '-')
            return false;

        for (var index = 1; index < argument.Length; index++)
        {
            if (Find("-" + argument[index]) is not { } option)
                return false;
            if (option.Parameters.Length == 1 && index + 1 < argument.Length)
            {
                option.Set([argument[(index + 1)..]]);
                return true;
            }

            at = Apply(option, "-" + argument[index], arguments, at);
        }

        return true;
    }

    /// <returns>Null when neither this table nor an outer one has the name.</returns>
    public Option? Find(string name) =>
        _byName.TryGetValue(name, out var option) ? option : outer?.Find(name);

    private string? Near(string option) =>
        NearNames.Find(option, AllNames()) is [var near, ..] ? near : null;

    private IEnumerable<string> AllNames() => _byName.Keys.Concat(outer?.AllNames() ?? []);
}
