using CsCheck;
using Ferry.Formats.Hashing;
using Hash = Ferry.Formats.Hashing.Hash;

namespace Ferry.Formats.Tests.Hashing;

public class HashTests
{
    private static readonly Gen<Hash> s_hash = Gen.Int[0, 3]
        .SelectMany(kind =>
            Gen.Byte.Array[((HashKind)kind).DigestLength()]
                .Select(digest => new Hash((HashKind)kind, digest))
        );

    // Printed by stock's "nix hash convert" for the hash of the text "hello".
    [Theory]
    [InlineData(
        HashKind.Md5,
        "5d41402abc4b2a76b9719d911017c592",
        "4jqlbi14cxf6wpcajbphm40hax",
        "XUFAKrxLKna5cZ2REBfFkg=="
    )]
    [InlineData(
        HashKind.Sha1,
        "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d",
        "9m1skbnr5i43n3yypvda5s65vhfwdx5a",
        "qvTGHdzF6KLavt4PO0gs2a6pQ00="
    )]
    public void A_hash_has_the_texts_that_stock_gives_it(
        HashKind kind,
        string base16,
        string nix32,
        string base64
    )
    {
        var hash = Hash.Compute(kind, "hello"u8);

        Assert.Equal(base16, hash.Format(HashFormat.Base16, withKind: false));
        Assert.Equal(nix32, hash.Format(HashFormat.Nix32, withKind: false));
        Assert.Equal(base64, hash.Format(HashFormat.Base64, withKind: false));
        Assert.Equal($"{kind.Name()}-{base64}", hash.ToSri());
    }

    [Fact]
    public void Every_text_of_a_hash_is_parsed_to_it() =>
        Gen.Select(s_hash, Gen.Int[0, 3], Gen.Bool)
            .Sample(
                (hash, form, withKind) =>
                {
                    var format = (HashFormat)form;
                    var text = hash.Format(format, withKind);
                    return Hash.Parse(text, hash.Kind, out var found) == hash && found == format;
                }
            );

    [Fact]
    public void Nix32_is_decoded_to_what_was_encoded() =>
        Gen
            .Byte.Array[1, 70]
            .Sample(bytes =>
                Nix32.TryDecode(Nix32.Encode(bytes)).AsSpan()[..bytes.Length].SequenceEqual(bytes)
            );

    [Theory]
    [InlineData("sha256:zz", "hash 'zz' has wrong length for hash algorithm 'sha256'")]
    [InlineData("sha256-zz", "invalid SRI hash 'zz', length 1 != expected length 32")]
    [InlineData("sha256-!!", "invalid SRI hash '!!', length 0 != expected length 32")]
    [InlineData(
        "sha3:00",
        "unknown hash algorithm 'sha3', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'"
    )]
    [InlineData("0123", "hash '0123' does not include a type")]
    [InlineData(
        "md5:0000000000000000000000000000000g",
        "invalid base16 hash '0000000000000000000000000000000g', length 0 != expected length 16"
    )]
    [InlineData(
        "md5:zzzzzzzzzzzzzzzzzzzzzzzzzz",
        "invalid nix32 hash 'zzzzzzzzzzzzzzzzzzzzzzzzzz', length 17 != expected length 16"
    )]
    public void A_text_that_is_no_hash_is_refused_in_stocks_words(string text, string message)
    {
        var exception = Assert.ThrowsAny<BadFormatException>(() => Hash.ParsePrefixed(text));
        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void A_hash_of_another_kind_than_wanted_is_refused()
    {
        var text = Hash.Compute(HashKind.Sha1, "x"u8).ToSri();

        var exception = Assert.Throws<BadFormatException>(() => Hash.Parse(text, HashKind.Sha256));
        Assert.Equal($"hash '{text}' should have type 'sha256'", exception.Message);
    }

    [Fact]
    public void A_stream_is_hashed_as_its_bytes_are()
    {
        var bytes = new byte[200_000];
        new Random(1).NextBytes(bytes);

        Assert.Equal(
            Hash.Compute(HashKind.Sha256, bytes),
            Hash.Compute(HashKind.Sha256, new MemoryStream(bytes))
        );
    }
}
