namespace Ferry.Cli.Repl.LineEditing;

/// <summary>A line being typed: its text, the place where the next character goes, and what was cut last.</summary>
/// <remarks>Knows nothing of terminals. Owned by one thread.</remarks>
internal sealed class LineBuffer
{
    public string Text { get; private set; } = "";

    /// <summary>Characters before the cursor.</summary>
    public int Cursor { get; private set; }

    /// <summary>What <see cref="Paste"/> puts in.</summary>
    public string Cut { get; private set; } = "";

    public bool IsEmpty => Text.Length == 0;

    /// <summary>Another text, with the cursor at its end.</summary>
    public void Replace(string text)
    {
        Text = text;
        Cursor = text.Length;
    }

    public void Insert(string text)
    {
        Text = Text.Insert(Cursor, text);
        Cursor += text.Length;
    }

    /// <summary>Puts something in the place of what stands before the cursor.</summary>
    public void ReplaceBeforeCursor(string text)
    {
        Text = text + Text[Cursor..];
        Cursor = text.Length;
    }

    public void Paste() => Insert(Cut);

    public void MoveLeft() => Cursor = Previous(Cursor);

    public void MoveRight() => Cursor = Next(Cursor);

    public void MoveToStart() => Cursor = 0;

    public void MoveToEnd() => Cursor = Text.Length;

    public void MoveWordLeft() => Cursor = WordStart();

    public void MoveWordRight() => Cursor = WordEnd();

    public void DeleteLeft() => Remove(Previous(Cursor), Cursor);

    public void DeleteRight() => Remove(Cursor, Next(Cursor));

    public void CutToStart() => CutOut(0, Cursor);

    public void CutToEnd() => CutOut(Cursor, Text.Length);

    public void CutWordLeft() => CutOut(WordStart(), Cursor);

    public void CutWordRight() => CutOut(Cursor, WordEnd());

    /// <summary>Exchanges the two characters around the cursor, the last two at the end.</summary>
    public void Transpose()
    {
        if (Cursor == 0 || Text.Length < 2)
            return;
        var at = Math.Min(Cursor, Text.Length - 1);
        Text = $"{Text[..(at - 1)]}{Text[at]}{Text[at - 1]}{Text[(at + 1)..]}";
        Cursor = at + 1;
    }

    private void CutOut(int start, int end)
    {
        if (start == end)
            return;
        Cut = Text[start..end];
        Remove(start, end);
    }

    private void Remove(int start, int end)
    {
        Text = Text.Remove(start, end - start);
        Cursor = start;
    }

    // A character outside the basic plane is two of C#'s.
    private int Previous(int index) =>
        index == 0 ? 0
        : index > 1 && char.IsSurrogatePair(Text[index - 2], Text[index - 1]) ? index - 2
        : index - 1;

    private int Next(int index) =>
        index == Text.Length ? index
        : index + 1 < Text.Length && char.IsSurrogatePair(Text[index], Text[index + 1]) ? index + 2
        : index + 1;

    private int WordStart()
    {
        var index = Cursor;
        while (index > 0 && !IsWord(Text[index - 1]))
            index--;
        while (index > 0 && IsWord(Text[index - 1]))
            index--;
        return index;
    }

    private int WordEnd()
    {
        var index = Cursor;
        while (index < Text.Length && !IsWord(Text[index]))
            index++;
        while (index < Text.Length && IsWord(Text[index]))
            index++;
        return index;
    }

    private static bool IsWord(char character) =>
        char.IsLetterOrDigit(character) || character is '_' or '\'' or '-';
}
