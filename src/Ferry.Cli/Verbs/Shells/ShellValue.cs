namespace Ferry.Cli.Verbs.Shells;

/// <summary>A variable of bash.</summary>
internal abstract record ShellValue
{
    private ShellValue() { }

    /// <param name="Content">What it holds.</param>
    /// <param name="IsExported">Programs see it.</param>
    public sealed record Text(string Content, bool IsExported) : ShellValue;

    /// <summary>An array.</summary>
    public sealed record Words(IReadOnlyList<string> Elements) : ShellValue;

    /// <summary>An associative array.</summary>
    public sealed record Pairs(SortedDictionary<string, string> Members) : ShellValue;
}
