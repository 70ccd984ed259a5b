namespace Ferry.Cli.Composition;

/// <summary>A program that is to take this one's place.</summary>
/// <param name="Program">A path as the program will see it, or a name to look up in the call's <c>PATH</c>.</param>
internal sealed record ProgramCall(string Program)
{
    /// <summary>What the program is told its name is; null: <see cref="Program"/>.</summary>
    public string? Name { get; init; }

    /// <summary>Without <c>argv[0]</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>All its variables; null: the person's own.</summary>
    public IReadOnlyDictionary<string, string>? Variables { get; init; }

    /// <summary>Null: where the person is.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>A system whose programs it will start; null where it is only its own.</summary>
    public string? System { get; init; }
}
