using Ferry.Fetching.FileTrees;
using Ferry.Formats;
using Ferry.Formats.Hashing;
using Ferry.Formats.Nar;

namespace Ferry.Fetching.Caching;

/// <summary>Unpacked archives as NARs named by their hash, so that evaluation can read them before any store has them.</summary>
/// <remarks>A file appears whole or not at all, whoever else writes it. Nothing in it is needed: it may be deleted at any time.</remarks>
public sealed class TreeCache(string folder)
{
    private readonly string _folder = Path.Combine(folder, "ferry-trees");

    /// <returns>Null when it is not there, or is damaged.</returns>
    public NarFileTree? Find(Hash narHash)
    {
        var path = PathOf(narHash);
        try
        {
            return File.Exists(path) ? NarFileTree.Open(path) : null;
        }
        catch (Exception damage) when (damage is BadFormatException or IOException)
        {
            File.Delete(path);
            return null;
        }
    }

    /// <summary>Keeps a tree.</summary>
    /// <returns>The hash it can be found by.</returns>
    public Hash Add(IFileTree tree)
    {
        var temporary = TemporaryFile();
        try
        {
            Hash hash;
            using (var file = new FileStream(temporary, FileMode.CreateNew))
            using (var hashed = new HashingStream(HashKind.Sha256, file))
            {
                var writer = new NarWriter(hashed);
                TreeWalk.Write(tree, writer);
                writer.Complete();
                hash = hashed.Finish();
            }

            File.Move(temporary, PathOf(hash), overwrite: true);
            return hash;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>A name for a file that nobody else has, beside the cached ones so that it can be moved there.</summary>
    public string TemporaryFile()
    {
        Directory.CreateDirectory(_folder);
        return Path.Combine(_folder, $".{Guid.NewGuid():N}");
    }

    private string PathOf(Hash narHash) =>
        Path.Combine(_folder, narHash.Format(HashFormat.Nix32, withKind: false) + ".nar");
}
