using Ferry.Fetching.FileTrees;
using Ferry.Fetching.Inputs;

namespace Ferry.Fetching;

/// <summary>A source on this machine as it is now, of which only those files are looked at that are asked for.</summary>
/// <param name="Folder">Where its files lie.</param>
/// <param name="Tree">Those of them that belong to it.</param>
/// <param name="Fetch">Finds out everything else; may take long.</param>
public sealed record LiveTree(string Folder, IFileTree Tree, Func<FetchedTree> Fetch)
{
    /// <summary>
    /// Those of the attributes that say which revision it is, by name, where they are known without a fetch; null for a
    /// value that is not. Null where a fetch must tell which attributes there are.
    /// </summary>
    public IReadOnlyDictionary<string, string?>? Revisions { get; init; }
}
