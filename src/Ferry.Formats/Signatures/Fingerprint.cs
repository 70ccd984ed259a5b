using System.Text;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.Formats.Signatures;

/// <summary>The bytes that are signed for a store path.</summary>
public static class Fingerprint
{
    /// <param name="directory">Of the store that the path belongs to.</param>
    /// <param name="path">The path.</param>
    /// <param name="narHash">SHA-256 of its NAR.</param>
    /// <param name="narSize">Bytes of its NAR, not 0.</param>
    /// <param name="references">In any order.</param>
    public static byte[] Of(
        StoreDirectory directory,
        StorePath path,
        Hash narHash,
        long narSize,
        IEnumerable<StorePath> references
    )
    {
        if (narSize == 0)
            throw new BadFormatException(
                $"cannot calculate fingerprint of path '{directory.Format(path)}' because its size is not known"
            );
        var sorted = string.Join(',', references.Order().Select(directory.Format));
        return Encoding.UTF8.GetBytes(
            $"1;{directory.Format(path)};{narHash.ToNix32WithKind()};{narSize};{sorted}"
        );
    }
}
