namespace Ferry.Cli.Repl.LineEditing;

/// <summary>Lines that were typed earlier, the newest last, and where in them a person looks.</summary>
internal sealed class LineHistory
{
    private const int LinesMax = 1000;

    private readonly List<string> _lines = [];
    private int _at;
    private string _draft = "";

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Reads a file with a line each; one that is missing has none.</summary>
    public static LineHistory Read(string file)
    {
        var history = new LineHistory();
        if (File.Exists(file))
            history._lines.AddRange(File.ReadLines(file).TakeLast(LinesMax));
        history._at = history._lines.Count;
        return history;
    }

    public void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, _lines);
    }

    /// <summary>Remembers a line, unless it says nothing or only repeats the one before.</summary>
    public void Add(string line)
    {
        if (line.Trim().Length > 0 && (_lines.Count == 0 || _lines[^1] != line))
            _lines.Add(line);
        if (_lines.Count > LinesMax)
            _lines.RemoveAt(0);
        _at = _lines.Count;
        _draft = "";
    }

    /// <param name="current">What stands in the line now; kept while older lines are looked at.</param>
    /// <returns>Null at the oldest line.</returns>
    public string? Older(string current)
    {
        if (_at == 0)
            return null;
        if (_at == _lines.Count)
            _draft = current;
        return _lines[--_at];
    }

    /// <returns>Null at the line being typed.</returns>
    public string? Newer()
    {
        if (_at >= _lines.Count)
            return null;
        return ++_at == _lines.Count ? _draft : _lines[_at];
    }

    /// <summary>The newest line before a place that holds a text.</summary>
    /// <param name="text">What is looked for.</param>
    /// <param name="before">An index into <see cref="Lines"/>.</param>
    /// <returns>Its index; -1 when there is none.</returns>
    public int Search(string text, int before)
    {
        for (var index = Math.Min(before, _lines.Count) - 1; index >= 0; index--)
        {
            if (_lines[index].Contains(text, StringComparison.Ordinal))
                return index;
        }

        return -1;
    }
}
