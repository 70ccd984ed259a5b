using Ferry.Evaluation;
using Ferry.Formats;
using Ferry.Formats.Hashing;

namespace Ferry.Builtins;

/// <summary>Hashes that programs give for what is to be fetched.</summary>
internal static class HashTexts
{
    /// <summary>Parses a hash; an empty text is the hash of all zeros, for "tell me the right one".</summary>
    /// <exception cref="BadFormatException">The text is no hash.</exception>
    public static Hash ParseAllowingEmpty(Evaluator evaluator, string text, HashKind? kind)
    {
        if (text.Length > 0)
            return Hash.Parse(text, kind);
        if (kind is not { } known)
            throw new BadFormatException("empty hash requires explicit hash algorithm");
        var zero = new Hash(known, new byte[known.DigestLength()]);
        TracingBuiltins.Warn(evaluator, $"found empty hash, assuming '{zero.ToSri()}'");
        return zero;
    }
}
