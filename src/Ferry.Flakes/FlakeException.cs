namespace Ferry.Flakes;

/// <summary>A flake cannot be found, read or used. Errors of its expressions are evaluation errors.</summary>
public sealed class FlakeException : Exception
{
    private FlakeException(string message)
        : base(message) { }

    public static FlakeException NoFetcher(string reference, string scheme) =>
        new(
            $"flake reference '{reference}': fetching by '{scheme}:' is not there yet; 'packages' and 'path:DIR' are"
        );

    public static FlakeException UnknownFlake(string name) =>
        new(
            $"cannot find flake 'flake:{name}' in the flake registries; the package set is called 'packages', a folder is written as './{name}'"
        );

    public static FlakeException GitFolder(string folder) =>
        new(
            $"'{folder}' is in a git repository, and flakes from git are not there yet; 'path:{folder}' takes the folder as it is"
        );

    public static FlakeException NoParameters(string reference) =>
        new($"flake reference '{reference}': parameters after '?' are not there yet");

    public static FlakeException NoFolder(string folder) => new($"path '{folder}' does not exist");

    public static FlakeException NoFlakeFile(string folder) =>
        new($"path '{folder}' does not contain a 'flake.nix'");

    public static FlakeException Unsupported(string flake, string what) =>
        new($"flake '{flake}' {what}");

    /// <param name="flake">The flake.</param>
    /// <param name="tried">The attribute paths that were looked for.</param>
    /// <param name="suggestions">Near names, best first.</param>
    public static FlakeException NoAttribute(
        string flake,
        IReadOnlyList<string> tried,
        IReadOnlyList<string> suggestions
    )
    {
        var hint =
            suggestions.Count == 0
                ? ""
                : $"\nDid you mean {Alternatives([.. suggestions.Distinct().Take(3)])}?";
        return new(
            $"flake '{flake}' does not provide attribute {Alternatives([.. tried.Select(path => $"'{path}'")])}{hint}"
        );
    }

    private static string Alternatives(IReadOnlyList<string> texts) =>
        texts.Count == 1 ? texts[0] : $"{string.Join(", ", texts.SkipLast(1))} or {texts[^1]}";
}
