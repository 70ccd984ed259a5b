namespace Ferry.Cli.Manual;

/// <summary>One page of the manual, before it is laid out for a terminal or for <c>man</c>.</summary>
internal sealed record ManualPage
{
    /// <summary>As in <c>ferry help NAME</c>, words joined by dashes: <c>flake-update</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the page calls its subject, such as <c>ferry flake update</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The name of its man page, such as <c>ferry-flake-update</c>.</summary>
    public required string ManName { get; init; }

    /// <summary>Of the manual: 1 for commands, 5 for files, 7 for everything else.</summary>
    public int Section { get; init; } = 1;

    /// <summary>One sentence without a full stop.</summary>
    public required string Summary { get; init; }

    /// <summary>Null where there is nothing to type.</summary>
    public string? Synopsis { get; init; }

    /// <summary>Markdown: a title, a description, then sections; "See also" comes last.</summary>
    public required string Text { get; init; }

    /// <summary>What is not written by hand: options, settings.</summary>
    public IReadOnlyList<TermList> Lists { get; init; } = [];
}

/// <param name="Title">The heading of the list.</param>
/// <param name="Note">Markdown that stands before the entries; may be empty.</param>
/// <param name="Entries">In order.</param>
internal sealed record TermList(string Title, string Note, IReadOnlyList<TermEntry> Entries);

/// <param name="Names">Spellings, all of which mean the same.</param>
/// <param name="Parameters">What follows a spelling.</param>
/// <param name="Text">One sentence, without markup.</param>
internal sealed record TermEntry(
    IReadOnlyList<string> Names,
    IReadOnlyList<string> Parameters,
    string Text
);
