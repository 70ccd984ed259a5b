using Ferry.Formats.ATerm;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;

namespace Ferry.Formats.Tests.Derivations;

public class GoldenDerivationTests
{
    private static readonly StorePathFactory s_paths = new(StoreDirectory.Default);

    public static TheoryData<string> Files =>
        [.. Corpus.Files("derivations", "*.drv").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_derivation_of_stock_is_read_and_written_to_the_same_bytes(string file)
    {
        var written = DerivationWriter.Write(Read(file), s_paths);

        Assert.Equal(Contents(file), written);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_derivation_gets_the_store_path_that_stock_gave_it(string file) =>
        Assert.Equal(file, DerivationWriter.PathOf(Read(file), s_paths).ToString());

    [Theory]
    [MemberData(nameof(Files))]
    public void Outputs_get_the_paths_that_stock_computed(string file)
    {
        var derivation = Read(file);
        var blank = derivation with
        {
            Outputs = derivation.Outputs.Select(
                (_, output) =>
                    output is DerivationOutput.InputAddressed
                        ? new DerivationOutput.Deferred()
                        : output
            ),
            Environment = derivation.Environment.Select(
                (name, value) => derivation.Outputs.ContainsKey(name) ? ByteString.Empty : value
            ),
        };

        var filled = new DerivationHasher(s_paths, path => Read(path.ToString())).FillOutputPaths(
            blank
        );

        Assert.Equal(Contents(file), DerivationWriter.Write(filled, s_paths));
    }

    private static Derivation Read(string file) =>
        DerivationReader.Read(
            Contents(file),
            StorePath.Parse(file).DerivationName,
            StoreDirectory.Default
        );

    private static byte[] Contents(string file) =>
        File.ReadAllBytes(Path.Combine(Corpus.Folder, "derivations", file));
}
