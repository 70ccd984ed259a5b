using System.Buffers;
using System.Text;
using Ferry.Cli.Composition;
using Ferry.Cli.Verbs;
using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Flakes.Locking;
using Ferry.Flakes.References;

namespace Ferry.Cli.Repl;

/// <summary>Files, flakes and sets whose attributes a session can name, and how they are read again.</summary>
internal sealed class ReplLoading
{
    // Of what was added; the rest shows ":ll".
    private const int NamesShownMax = 20;

    private readonly Session _session;
    private readonly EvaluationSite _site;
    private readonly ReplScope _scope;
    private readonly Func<IEnumerable<(string Title, Func<Value> Value)>> _start;
    private readonly List<string> _files = [];
    private readonly List<string> _flakes = [];
    private AttributeSet? _last;

    public ReplLoading(
        Session session,
        EvaluationSite site,
        ReplScope scope,
        Func<IEnumerable<(string Title, Func<Value> Value)>> start
    )
    {
        (_session, _site, _scope, _start) = (session, site, scope, start);
        Commands =
        [
            new([":l", ":load"], "<path>", "Add the attributes of a file's value", LoadAnew),
            new([":lf", ":load-flake"], "<ref>", "Add the attributes of a flake", LoadFlake),
            new([":ll", ":last-loaded"], "", "Show what was added last", _ => ShowLast()),
            new([":r", ":reload"], "", "Read all files and flakes again", _ => Reload()),
        ];
    }

    public IReadOnlyList<ReplCommand> Commands { get; }

    /// <summary>Whatever the command line asks for, and what was loaded since.</summary>
    public void LoadAll()
    {
        foreach (var file in _files.ToList())
        {
            Say($"Loading \"{file}\"...");
            LoadFile(file);
        }

        foreach (var (title, value) in _start())
        {
            Say($"Loading installable '{title}'...");
            AddToScope(value());
        }

        foreach (var flake in _flakes.ToList())
        {
            Say($"Loading flake '{flake}'...");
            LoadFlake(flake);
        }
    }

    /// <summary>Reads everything again, since something has changed.</summary>
    public void Reload()
    {
        _site.Forget();
        _scope.Clear();
        LoadAll();
    }

    /// <summary>Lets the attributes of a set be named.</summary>
    public void AddToScope(Value value)
    {
        var forced = value.Force();
        if (!forced.IsAttributeSet)
            throw EvaluationException
                .WrongType($"expected a set but found {EvaluationSite.Describe(forced)}")
                .WithTrace(
                    default,
                    "while evaluating an attribute set to be merged in the global scope"
                );
        var set = forced.AsAttributeSet;
        _scope.Add(set);
        _last = set;
        Say($"Added {set.Count} variables.");
        var names = new ArrayBufferWriter<byte>();
        foreach (var index in set.NameOrder()[..Math.Min(set.Count, NamesShownMax)])
        {
            if (names.WrittenCount > 0)
                names.Write(", "u8);
            LiteralText.WriteAttributeName(names, set.SymbolAt(index).Bytes);
        }

        Say(Encoding.UTF8.GetString(names.WrittenSpan));
        if (set.Count > NamesShownMax)
            Say($"... and {set.Count - NamesShownMax} more; view with :ll");
    }

    private void LoadAnew(string file)
    {
        _site.Forget();
        LoadFile(file);
    }

    private void LoadFile(string file)
    {
        _files.Remove(file);
        _files.Add(file);
        AddToScope(_site.AutoCall(_site.Import(file.Length == 0 ? "." : file), []));
    }

    private void LoadFlake(string text)
    {
        if (text.Length == 0)
            throw new CommandException(
                "cannot use ':load-flake' without a path specified. (Use '.' for the current working directory.)"
            );
        _flakes.Remove(text);
        _flakes.Add(text);
        var reference = FlakeReference.Parse(
            text,
            _site.Flakes.ReferenceOptions with
            {
                AllowsMissing = true,
            }
        );
        if (_site.IsPure && !reference.Input.IsLocked(_session.Fetching.Fetcher.Settings))
            throw new CommandException(
                $"cannot use ':load-flake' on unlocked flake reference '{text}' (use --impure to override)"
            );
        AddToScope(
            _site.Flakes.Call(
                reference,
                new LockOptions
                {
                    MayUpdate = false,
                    Writes = false,
                    UsesRegistries = !_site.IsPure,
                    AllowsUnlocked = !_site.IsPure,
                }
            )
        );
    }

    private void ShowLast()
    {
        if (_last is not { } set)
            throw new CommandException("nothing has been loaded yet");
        for (var index = 0; index < set.Count; index++)
            _session.Output.WriteLine(set.SymbolAt(index).ToString());
    }

    private void Say(string message)
    {
        _session.Output.Flush();
        _session.Note(message);
    }
}
