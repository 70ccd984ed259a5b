using System.Security.Cryptography;
using System.Text;

namespace Ferry.Debian.Locks;

/// <summary>Files with pins that this user has renewed, in place of those that were committed.</summary>
/// <remarks>
/// One is stored under the hash of the committed file that it replaces: once a newer one is committed, the user's is
/// not found any more.
/// </remarks>
/// <param name="directory">Of this user's state.</param>
/// <param name="set">What was committed.</param>
public sealed class RenewedPins(string directory, IPinnedSet set)
{
    public string Directory => directory;

    /// <summary>False when nothing was ever renewed, so that nobody need ask for each file.</summary>
    public bool Exist =>
        System.IO.Directory.Exists(directory)
        && System.IO.Directory.EnumerateFiles(directory, "*.json").Any();

    /// <returns>Null when the committed file holds.</returns>
    public string? Find(string path)
    {
        var file = FileOf(path);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    /// <summary>What holds for this user.</summary>
    public string Current(string path) => Find(path) ?? set.ReadText(path);

    // A reader sees the old file or the new one, never a part.
    public void Write(string path, string text)
    {
        System.IO.Directory.CreateDirectory(directory);
        var file = FileOf(path);
        File.WriteAllText(file + ".new", text);
        File.Move(file + ".new", file, overwrite: true);
    }

    private string FileOf(string path)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(set.ReadText(path)));
        var name = Path.ChangeExtension(path, null).Trim('/').Replace('/', '-');
        return Path.Combine(directory, $"{name}-{Convert.ToHexStringLower(digest)[..16]}.json");
    }
}
