using Ferry.Fetching.FileTrees;
using Ferry.Fetching.Inputs;

namespace Ferry.Fetching;

/// <summary>A source on this machine as it is now, of which only those files are looked at that are asked for.</summary>
/// <param name="Folder">Where its files lie.</param>
/// <param name="Tree">Those of them that belong to it.</param>
/// <param name="Fetch">Finds out everything else; may take long.</param>
public sealed record LiveTree(string Folder, IFileTree Tree, Func<FetchedTree> Fetch);
