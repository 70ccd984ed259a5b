using System.Text;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace Ferry.Debian.Indexes;

/// <summary>A text with signatures around it, as <c>InRelease</c> is one. Source: RFC 9580, section 7.</summary>
public static class ClearSignedText
{
    private const string Start = "-----BEGIN PGP SIGNED MESSAGE-----";
    private const string SignatureStart = "-----BEGIN PGP SIGNATURE-----";

    // MD5 and SHA-1 can be forged by now.
    private static readonly HashAlgorithmTag[] s_goodHashes =
    [
        HashAlgorithmTag.Sha224,
        HashAlgorithmTag.Sha256,
        HashAlgorithmTag.Sha384,
        HashAlgorithmTag.Sha512,
    ];

    /// <summary>The text, when one of the keys has signed it.</summary>
    /// <param name="signed">The whole file.</param>
    /// <param name="armouredKeys">Public keys, as <c>gpg --armor --export</c> writes them.</param>
    /// <exception cref="DebianException">It is no such text, or none of the keys has signed it.</exception>
    public static string Verify(string signed, string armouredKeys)
    {
        var lines = signed.ReplaceLineEndings("\n").Split('\n');
        var signature = Array.IndexOf(lines, SignatureStart);
        // The headers, of which only the hash exists, end with an empty line.
        var text = Array.IndexOf(lines, "") + 1;
        if (lines[0] != Start || text == 0 || signature < text)
            throw new DebianException("it is no signed text");

        string[] content =
        [
            .. lines[text..signature]
                .Select(line => line.StartsWith("- ", StringComparison.Ordinal) ? line[2..] : line),
        ];
        // What is signed ends lines as mail does, without white space before and without an end after the last one.
        var canonical = Encoding.UTF8.GetBytes(
            string.Join("\r\n", content.Select(line => line.TrimEnd(' ', '\t')))
        );
        try
        {
            var keys = new PgpPublicKeyRingBundle(Decode(armouredKeys));
            var signatures = Signatures(string.Join('\n', lines[signature..])).ToList();
            if (signatures.Any(candidate => IsGood(candidate, keys, canonical)))
                return string.Join('\n', content);
            throw new DebianException(
                $"none of the known keys has signed it (its signatures are by {Names(signatures)})"
            );
        }
        catch (Exception failure) when (failure is PgpException or IOException)
        {
            throw new DebianException($"its signature cannot be read: {failure.Message}", failure);
        }
    }

    private static bool IsGood(PgpSignature signature, PgpPublicKeyRingBundle keys, byte[] text)
    {
        if (!s_goodHashes.Contains(signature.HashAlgorithm))
            return false;
        if (keys.GetPublicKey(signature.KeyId) is not { } key || key.HasRevocation())
            return false;
        var validSeconds = key.GetValidSeconds();
        if (validSeconds > 0 && signature.CreationTime > key.CreationTime.AddSeconds(validSeconds))
            return false;
        signature.InitVerify(key);
        signature.Update(text);
        return signature.Verify();
    }

    private static IEnumerable<PgpSignature> Signatures(string armoured)
    {
        var packets = new PgpObjectFactory(Decode(armoured));
        while (packets.NextPgpObject() is { } packet)
        {
            if (packet is not PgpSignatureList list)
                continue;
            for (var index = 0; index < list.Count; index++)
                yield return list[index];
        }
    }

    private static string Names(List<PgpSignature> signatures) =>
        signatures.Count == 0
            ? "nobody"
            : string.Join(", ", signatures.Select(signature => $"{signature.KeyId:X16}"));

    private static Stream Decode(string armoured) =>
        PgpUtilities.GetDecoderStream(new MemoryStream(Encoding.ASCII.GetBytes(armoured)));
}
