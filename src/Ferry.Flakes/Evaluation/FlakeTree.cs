namespace Ferry.Flakes.Evaluation;

/// <summary>The files of a flake, where evaluation can see them.</summary>
/// <param name="Name">How messages name the flake.</param>
/// <param name="Root">The absolute folder that holds <c>flake.nix</c>; also the flake's <c>outPath</c>.</param>
/// <param name="NarHash">SRI; null for a tree that is not in the store.</param>
/// <param name="LastModified">Unix seconds; null when it has no meaning.</param>
public sealed record FlakeTree(string Name, string Root, string? NarHash, long? LastModified)
{
    /// <summary>The store path that <see cref="Root"/> is, as context of strings that mention it; null outside the store.</summary>
    public Formats.StorePaths.StorePath? StorePath { get; init; }
}
