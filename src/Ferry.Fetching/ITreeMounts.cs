using Ferry.Fetching.Inputs;
using Ferry.Formats.StorePaths;

namespace Ferry.Fetching;

/// <summary>Makes fetched trees readable at the store paths that they would have.</summary>
public interface ITreeMounts
{
    /// <param name="fetched">The tree.</param>
    /// <param name="asked">What was asked for; its hash, if it has one, must be the tree's.</param>
    /// <exception cref="FetchException">The hash is another.</exception>
    MountedSource Mount(FetchedTree fetched, FetchInput asked);
}

/// <summary>A fetched tree that evaluation can read.</summary>
/// <param name="Path">Its store path, where it can be read.</param>
/// <param name="Input">What it is, with its hash.</param>
public sealed record MountedSource(StorePath Path, FetchInput Input);
