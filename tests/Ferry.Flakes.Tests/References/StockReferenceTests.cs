using Ferry.Fetching;
using Ferry.Flakes.References;
using Ferry.Formats;

namespace Ferry.Flakes.Tests.References;

/// <summary>Compares with what <c>builtins.parseFlakeRef</c> and <c>flakeRefToString</c> of stock 2.34.8 said.</summary>
/// <remarks>Each line of the file: the reference, a tab, its attributes as JSON or the error, a tab, the printed form.</remarks>
public class StockReferenceTests
{
    public static TheoryData<string, string, string> Recorded =>
        new(
            File.ReadLines(
                    Path.Combine(AppContext.BaseDirectory, "References", "stock-references.txt")
                )
                .Select(line => line.Split('\t'))
                .Select(fields => (fields[0], fields[1], fields[2]))
        );

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_reference_means_what_it_means_to_stock(
        string text,
        string expected,
        string printed
    )
    {
        try
        {
            var reference = FlakeReference.Parse(
                text,
                new FlakeReferenceOptions { AllowsMissing = true }
            );
            Assert.Equal(expected, reference.Attributes.ToJson());
            Assert.Equal(printed, reference.ToString());
        }
        catch (Exception failure)
            when (failure is FlakeException or FetchException or BadFormatException)
        {
            Assert.Equal(expected, "error: " + failure.Message);
        }
    }
}
