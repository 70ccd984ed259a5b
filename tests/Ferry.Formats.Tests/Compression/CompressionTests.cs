using CsCheck;
using Ferry.Formats.Compression;

namespace Ferry.Formats.Tests.Compression;

public class CompressionTests
{
    public static TheoryData<CompressionKind> Kinds =>
        [
            CompressionKind.None,
            CompressionKind.Gzip,
            CompressionKind.Xz,
            CompressionKind.Zstandard,
            CompressionKind.Brotli,
        ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_stock_compressed_is_read(CompressionKind kind)
    {
        var folder = Path.Combine(Corpus.Folder, "compression");
        var suffix = kind == CompressionKind.None ? "" : $".{kind.Name()}";
        using var plain = kind.Decompress(
            File.OpenRead(Path.Combine(folder, $"plain.nar{suffix}"))
        );
        var read = new MemoryStream();
        plain.CopyTo(read);

        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "plain.nar")), read.ToArray());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_compressed_is_read_as_it_was(CompressionKind kind) =>
        Gen
            .Byte.Array[0, 5000]
            .List[0, 4]
            .Sample(
                pieces =>
                {
                    var file = new MemoryStream();
                    using (var compression = kind.Compress(file))
                    {
                        foreach (var piece in pieces)
                            compression.Write(piece);
                    }
                    using var plain = kind.Decompress(new MemoryStream(file.ToArray()));
                    var read = new MemoryStream();
                    plain.CopyTo(read);
                    return read.ToArray()
                        .AsSpan()
                        .SequenceEqual(pieces.SelectMany(piece => piece).ToArray());
                },
                iter: 10
            );

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_word_is_understood(CompressionKind kind) =>
        Assert.Equal(kind, CompressionKinds.Parse(kind.Name()));

    [Fact]
    public void An_unknown_word_is_refused()
    {
        var exception = Assert.Throws<BadFormatException>(() => CompressionKinds.Parse("zip"));
        Assert.Equal("unknown compression method 'zip'", exception.Message);
    }
}
