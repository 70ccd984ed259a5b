namespace Ferry.Cli.Repl;

/// <summary>Something that a line asks for with a colon.</summary>
/// <param name="Names">Every spelling with its colon, the short one first.</param>
/// <param name="Parameter">What follows it; empty when nothing does.</param>
/// <param name="Summary">For <c>:?</c>.</param>
/// <param name="Run">Gets what follows, trimmed.</param>
internal sealed record ReplCommand(
    string[] Names,
    string Parameter,
    string Summary,
    Action<string> Run
);
