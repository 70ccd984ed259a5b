namespace Ferry.Cli.Settings;

internal enum SettingKind
{
    Text,
    Switch,
    Number,

    /// <summary>Words separated by white space; <c>extra-NAME</c> appends to it.</summary>
    Words,
}

/// <param name="Name">As in <c>nix.conf</c>.</param>
/// <param name="Kind">What its text must look like.</param>
/// <param name="Default">In the form of the file.</param>
/// <param name="Summary">One sentence for help texts.</param>
internal sealed record SettingDefinition(
    string Name,
    SettingKind Kind,
    string Default,
    string Summary
)
{
    /// <summary>A third value of a switch, as <c>relaxed</c> of <c>sandbox</c>; the option <c>--VALUE-NAME</c> sets it.</summary>
    public string? Middle { get; init; }
}
