using System.Text;
using Ferry.Formats;
using Ferry.Formats.Hashing;

namespace Ferry.Build.Sandbox;

/// <summary>What <c>builtins.placeholder</c> gives: stands in a derivation for the path of its own output.</summary>
internal static class OutputPlaceholder
{
    /// <returns>A slash and 52 nix32 characters.</returns>
    public static ByteString Of(ByteString outputName)
    {
        ByteString text = Encoding.UTF8.GetString("nix-output:"u8);
        var hash = Hash.Compute(HashKind.Sha256, ByteString.Concatenate(text, outputName).Span);
        return "/" + hash.Format(HashFormat.Nix32, withKind: false);
    }
}
