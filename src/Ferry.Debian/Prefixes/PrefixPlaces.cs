namespace Ferry.Debian.Prefixes;

/// <summary>Ties the store paths in a specification to files of this machine.</summary>
/// <param name="Output">Where the files of the prefix are to be made.</param>
/// <param name="OutputText">How the prefix is named in its own files: <c>/nix/store/…</c>.</param>
/// <param name="RealPath">The file of this machine for a path of the store, or for a file below one.</param>
public sealed record PrefixPlaces(string Output, string OutputText, Func<string, string> RealPath)
{
    /// <summary>Puts the output's path in place of <see cref="PrefixSpecification.OutToken"/>.</summary>
    public string Expand(string text) =>
        text.Replace(PrefixSpecification.OutToken, OutputText, StringComparison.Ordinal);

    /// <summary>The file of this machine for an expanded path, which may be in the output.</summary>
    public string RealPathOf(string expanded) =>
        expanded == OutputText || expanded.StartsWith(OutputText + '/', StringComparison.Ordinal)
            ? Output + expanded[OutputText.Length..]
            : RealPath(expanded);
}
