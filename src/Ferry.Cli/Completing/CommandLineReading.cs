using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Verbs;

namespace Ferry.Cli.Completing;

/// <summary>An unfinished command line, read as far as it can be: what stands where, and what the wanted word is.</summary>
/// <remarks>Options take effect as they would when the command runs; what is wrong with others is left to that.</remarks>
internal sealed class CommandLineReading
{
    private readonly CompletionRequest _request;
    private readonly OptionTable _shared;
    private readonly List<string> _operands = [];
    private readonly List<string> _flakes = [];

    private CommandLineReading(CompletionRequest request, OptionTable shared) =>
        (_request, _shared) = (request, shared);

    /// <summary>Null while the verb itself is not complete.</summary>
    public Verb? Verb { get; private set; }

    /// <summary>What options are possible where the wanted word is.</summary>
    public OptionTable Options { get; private set; } = null!;

    /// <summary>The name of the parameter or operand that the wanted word is; null for a verb's word or an option.</summary>
    public string? Parameter { get; private set; }

    /// <summary>The words of the verb before the wanted one, when that is one of the verb's; null otherwise.</summary>
    public IReadOnlyList<string>? VerbWords { get; private set; }

    /// <summary>Everything on the command line that names a flake, the wanted word left out.</summary>
    public IEnumerable<string> Flakes =>
        _flakes.Concat(_operands).Select(operand => operand.Split('#', '^')[0]);

    /// <param name="request">The words.</param>
    /// <param name="program">The name of the program.</param>
    /// <param name="options">Takes what options say.</param>
    public static CommandLineReading Read(
        CompletionRequest request,
        string program,
        SessionOptions options
    )
    {
        var shared = new OptionTable(program);
        options.Declare(shared);
        var reading = new CommandLineReading(request, shared) { Options = shared };
        var at = 0;
        if (VerbTable.ClassicNames.Contains(program))
            reading.Verb = VerbTable.Find([program]);
        else if (!reading.ReadVerb(ref at))
            return reading;
        reading.ReadArguments(at, program, options);
        return reading;
    }

    /// <returns>False when there is no more to read.</returns>
    private bool ReadVerb(ref int at)
    {
        while (at < _request.Words.Count && _request.Words[at].StartsWith('-'))
        {
            if (at == _request.Index)
                return false;
            TakeOption(_shared, ref at);
        }

        var words = new List<string>();
        for (; at < _request.Words.Count; at++)
        {
            if (at == _request.Index)
            {
                VerbWords = words;
                return false;
            }

            words.Add(_request.Words[at]);
            if (VerbTable.Find(words) is not { } verb)
                continue;
            Verb = verb;
            at++;
            return true;
        }

        return false;
    }

    private void ReadArguments(int at, string program, SessionOptions options)
    {
        Options = new OptionTable(program, _shared);
        Verb!.Declare(Options, options);
        var names = Verb.Operands.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var count = 0;
        while (at < _request.Words.Count)
        {
            var word = _request.Words[at];
            if (word.StartsWith('-'))
            {
                if (at == _request.Index)
                    at++;
                else
                    TakeOption(Options, ref at);
                continue;
            }

            if (at == _request.Index)
                Parameter = OperandName(names, count) ?? "";
            else
                _operands.Add(word);
            count++;
            at++;
            if (Verb.PassesArgumentsOn && at <= _request.Index)
                return;
        }
    }

    // Steps over an option and its arguments, one of which may be the wanted word.
    private void TakeOption(OptionTable table, ref int at)
    {
        var spelling = _request.Words[at++];
        if (table.Find(spelling) is not { } option)
            return;
        var last = option.TakesRest
            ? _request.Words.Count
            : Math.Min(at + option.Parameters.Length, _request.Words.Count);
        var start = at;
        at = last;
        if (_request.Index >= start && _request.Index < last)
        {
            Parameter = option.Parameters[
                Math.Min(_request.Index - start, option.Parameters.Length - 1)
            ];
            return;
        }

        var arguments = _request.Words.Skip(start).Take(last - start).ToList();
        for (var index = 0; index < arguments.Count && index < option.Parameters.Length; index++)
        {
            if (option.Parameters[index] == "FLAKE")
                _flakes.Add(arguments[index]);
        }

        if (arguments.Count < option.Parameters.Length)
            return;
        try
        {
            option.Set(arguments);
        }
        catch (Exception failure) when (FailureReport.Knows(failure))
        {
            // The command itself will say so, once it is complete.
        }
    }

    private static string? OperandName(string[] names, int index)
    {
        if (names.Length == 0)
            return null;
        var name = names[Math.Min(index, names.Length - 1)];
        return index >= names.Length && !name.EndsWith("...", StringComparison.Ordinal)
            ? null
            : name.Replace("...", "", StringComparison.Ordinal).Trim('[', ']');
    }
}
