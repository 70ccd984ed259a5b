using System.Text;

namespace Ferry.Cli.Repl.LineEditing;

/// <summary>What a terminal needs to know of the language.</summary>
/// <param name="Complete">From what stands before the cursor to all that could stand there instead.</param>
/// <param name="Highlight">From a line to the same line with colours.</param>
internal sealed record LineSupport(
    Func<string, IReadOnlyList<string>> Complete,
    Func<string, string> Highlight
);

/// <summary>Lets a person type and edit a line on a terminal, with keys as in Emacs and most shells.</summary>
internal sealed class TerminalLineReader(
    LineHistory history,
    LineSupport support,
    Func<int> columns,
    TextWriter output
) : ILineReader
{
    private readonly LineBuffer _line = new();
    private string _prompt = "";

    // Where the terminal's cursor is, in characters from the start of the prompt.
    private int _shownCursor;

    public LineRead Read(string prompt)
    {
        _prompt = prompt;
        _line.Replace("");
        _shownCursor = 0;
        Show();
        var treatsControlC = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            while (true)
            {
                if (Take(Console.ReadKey(intercept: true)) is { } read)
                    return read;
                Show();
            }
        }
        finally
        {
            Console.TreatControlCAsInput = treatsControlC;
        }
    }

    /// <returns>Null while the line goes on.</returns>
    private LineRead? Take(ConsoleKeyInfo key)
    {
        if (key.Modifiers.HasFlag(ConsoleModifiers.Control))
            return TakeControl(key);
        if (key.Modifiers.HasFlag(ConsoleModifiers.Alt))
        {
            TakeAlternative(key);
            return null;
        }

        switch (key.Key)
        {
            case ConsoleKey.Enter:
                return Finish(new(_line.Text));
            case ConsoleKey.Tab:
                Complete();
                break;
            case ConsoleKey.Backspace:
                _line.DeleteLeft();
                break;
            case ConsoleKey.Delete:
                _line.DeleteRight();
                break;
            case ConsoleKey.LeftArrow:
                _line.MoveLeft();
                break;
            case ConsoleKey.RightArrow:
                _line.MoveRight();
                break;
            case ConsoleKey.Home:
                _line.MoveToStart();
                break;
            case ConsoleKey.End:
                _line.MoveToEnd();
                break;
            case ConsoleKey.UpArrow:
                Recall(history.Older(_line.Text));
                break;
            case ConsoleKey.DownArrow:
                Recall(history.Newer());
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                    _line.Insert(key.KeyChar.ToString());
                break;
        }

        return null;
    }

    private LineRead? TakeControl(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.C:
                return Finish(new("", IsCancelled: true));
            case ConsoleKey.D when _line.IsEmpty:
                return Finish(new(null));
            case ConsoleKey.D:
                _line.DeleteRight();
                break;
            case ConsoleKey.J or ConsoleKey.M:
                return Finish(new(_line.Text));
            case ConsoleKey.A:
                _line.MoveToStart();
                break;
            case ConsoleKey.E:
                _line.MoveToEnd();
                break;
            case ConsoleKey.B:
                _line.MoveLeft();
                break;
            case ConsoleKey.F:
                _line.MoveRight();
                break;
            case ConsoleKey.LeftArrow:
                _line.MoveWordLeft();
                break;
            case ConsoleKey.RightArrow:
                _line.MoveWordRight();
                break;
            default:
                TakeCut(key);
                break;
        }

        return null;
    }

    private void TakeCut(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.H:
                _line.DeleteLeft();
                break;
            case ConsoleKey.I:
                Complete();
                break;
            case ConsoleKey.K:
                _line.CutToEnd();
                break;
            case ConsoleKey.U:
                _line.CutToStart();
                break;
            case ConsoleKey.W:
                _line.CutWordLeft();
                break;
            case ConsoleKey.Y:
                _line.Paste();
                break;
            case ConsoleKey.T:
                _line.Transpose();
                break;
            case ConsoleKey.P:
                Recall(history.Older(_line.Text));
                break;
            case ConsoleKey.N:
                Recall(history.Newer());
                break;
            case ConsoleKey.R:
                Search();
                break;
            case ConsoleKey.L:
                output.Write("\e[H\e[2J");
                _shownCursor = 0;
                break;
            default:
                break;
        }
    }

    private void TakeAlternative(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.B:
                _line.MoveWordLeft();
                break;
            case ConsoleKey.F:
                _line.MoveWordRight();
                break;
            case ConsoleKey.D:
                _line.CutWordRight();
                break;
            case ConsoleKey.Backspace:
                _line.CutWordLeft();
                break;
            default:
                break;
        }
    }

    private void Recall(string? line)
    {
        if (line is not null)
            _line.Replace(line);
    }

    // As far as all candidates agree; when they agree no further, they are shown.
    private void Complete()
    {
        var before = _line.Text[.._line.Cursor];
        var candidates = support.Complete(before);
        if (candidates.Count == 0)
            return;
        var shared = candidates.Aggregate(SharedStart);
        if (shared.Length > before.Length || candidates.Count == 1)
        {
            _line.ReplaceBeforeCursor(shared);
            return;
        }

        _line.MoveToEnd();
        Show();
        var start = before.LastIndexOfAny(Completion.Separators) + 1;
        var words = candidates.Select(candidate => candidate[start..]).ToList();
        output.Write("\n" + ColumnLayout.Format(words, columns()));
        _shownCursor = 0;
    }

    // Each key narrows the search; what ends it is taken as usual, Escape and Ctrl-G give up.
    private void Search()
    {
        var (found, wanted, draft) = (history.Lines.Count, "", _line.Text);
        while (true)
        {
            var prompt = _prompt;
            _prompt = $"(search '{wanted}') ";
            Show();
            _prompt = prompt;
            var key = Console.ReadKey(intercept: true);
            var isControl = key.Modifiers.HasFlag(ConsoleModifiers.Control);
            if (
                key.Key == ConsoleKey.Escape
                || (isControl && key.Key is ConsoleKey.G or ConsoleKey.C)
            )
            {
                _line.Replace(draft);
                return;
            }

            if (key.Key == ConsoleKey.Backspace)
                (wanted, found) = (wanted.Length > 0 ? wanted[..^1] : "", history.Lines.Count);
            else if (!isControl && !char.IsControl(key.KeyChar))
                (wanted, found) = (wanted + key.KeyChar, Math.Min(found + 1, history.Lines.Count));
            else if (!(isControl && key.Key == ConsoleKey.R))
                return;
            if (history.Search(wanted, found) is >= 0 and var index)
            {
                found = index;
                _line.Replace(history.Lines[index]);
            }
        }
    }

    private LineRead Finish(LineRead read)
    {
        _line.MoveToEnd();
        Show();
        output.Write("\n");
        output.Flush();
        if (read.Text is { } text && !read.IsCancelled)
            history.Add(text);
        return read;
    }

    // Everything is drawn anew: a line is short, and a highlighted one can change anywhere.
    private void Show()
    {
        var width = Math.Max(1, columns());
        var text = new StringBuilder("\r");
        if (_shownCursor / width is > 0 and var up)
            text.Append($"\e[{up}A");
        text.Append("\e[J").Append(_prompt).Append(support.Highlight(_line.Text));
        var end = _prompt.Length + Length(_line.Text);
        // At the very end of a line the terminal's cursor hangs before its edge.
        if (end % width == 0)
            text.Append("\r\n");
        _shownCursor = _prompt.Length + Length(_line.Text[.._line.Cursor]);
        if (end / width - _shownCursor / width is > 0 and var back)
            text.Append($"\e[{back}A");
        text.Append('\r');
        if (_shownCursor % width is > 0 and var right)
            text.Append($"\e[{right}C");
        output.Write(text.ToString());
        output.Flush();
    }

    private static int Length(string text) => text.EnumerateRunes().Count();

    private static string SharedStart(string left, string right)
    {
        var length = 0;
        while (length < Math.Min(left.Length, right.Length) && left[length] == right[length])
            length++;
        return left[..length];
    }
}
