using System.Text;
using CsCheck;
using Ferry.Formats.Hashing;
using Ferry.Formats.Nar;
using Ferry.Formats.StorePaths;

namespace Ferry.Formats.Tests.Nar;

public class ReferenceScannerTests
{
    private static readonly Gen<StorePath> s_path = Gen.Char["ab01z"]
        .Array[32]
        .Select(digest => StorePath.Parse($"{new string(digest)}-x"));

    [Fact]
    public void Every_digest_is_found_wherever_the_pieces_are_cut() =>
        Gen.Select(s_path.List[1, 5], Gen.Byte.Array[0, 80].List[1, 5], Gen.Int[1, 90])
            .Sample(
                (paths, noise, pieceLength) =>
                {
                    var text = new List<byte>();
                    for (var index = 0; index < noise.Count; index++)
                    {
                        text.AddRange(noise[index]);
                        text.AddRange(Encoding.ASCII.GetBytes(paths[index % paths.Count].Digest));
                    }
                    var scanner = new ReferenceScanner(paths);
                    foreach (var piece in text.Chunk(pieceLength))
                        scanner.Write(piece);

                    var expected = paths.Where(path =>
                        text.ToArray().AsSpan().IndexOf(Encoding.ASCII.GetBytes(path.Digest)) >= 0
                    );
                    return scanner.Found.SetEquals(expected);
                }
            );

    [Fact]
    public void A_digest_that_lacks_its_last_character_is_not_found()
    {
        var path = StorePath.Parse($"{new string('a', 32)}-x");
        var scanner = new ReferenceScanner([path]);

        scanner.Write(Encoding.ASCII.GetBytes(new string('a', 31) + "-"));

        Assert.Empty(scanner.Found);
    }

    [Fact]
    public void Candidates_that_begin_alike_are_told_apart()
    {
        var paths = Nix32
            .Alphabet[..4]
            .Select(last => StorePath.Parse($"{new string('a', 31)}{last}-x"))
            .ToArray();
        var scanner = new ReferenceScanner(paths);

        scanner.Write(Encoding.ASCII.GetBytes($"/nix/store/{paths[2]}"));

        Assert.Equal([paths[2]], scanner.Found);
    }
}
