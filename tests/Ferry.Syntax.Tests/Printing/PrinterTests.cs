using System.Buffers;
using System.Text;
using CsCheck;
using Ferry.Syntax.Printing;
using Ferry.Syntax.Tree;

namespace Ferry.Syntax.Tests.Printing;

public class PrinterTests
{
    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(-0.0, "-0")]
    [InlineData(1.0, "1")]
    [InlineData(1.5, "1.5")]
    [InlineData(100000.0, "100000")]
    [InlineData(1000000.0, "1e+06")]
    [InlineData(999999.5, "1e+06")]
    [InlineData(123456.7, "123457")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00001, "1e-05")]
    [InlineData(1e-300, "1e-300")]
    [InlineData(1.7976931348623157e308, "1.79769e+308")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    public void Floats_look_as_from_a_stream_of_C_plus_plus(double value, string expected) =>
        Assert.Equal(expected, FloatText.Format(value));

    [Theory]
    [InlineData("a", true)]
    [InlineData("_a'-1", true)]
    [InlineData("or", true)]
    [InlineData("if", false)]
    [InlineData("inherit", false)]
    [InlineData("1a", false)]
    [InlineData("a b", false)]
    [InlineData("", false)]
    [InlineData("é", false)]
    public void Only_identifiers_stand_bare(string name, bool isIdentifier) =>
        Assert.Equal(isIdentifier, LiteralText.IsIdentifier(Encoding.UTF8.GetBytes(name)));

    [Fact]
    public void A_printed_string_is_read_back_as_the_same_bytes() =>
        Gen.String.Sample(text =>
        {
            var bytes = Encoding.UTF8.GetBytes(text.Replace("\0", "", StringComparison.Ordinal));
            var printed = new ArrayBufferWriter<byte>();
            LiteralText.WriteString(bytes, printed);

            var read = Nix.Parse<StringExpression>(Encoding.UTF8.GetString(printed.WrittenSpan));

            Assert.True(read.Value.Span.SequenceEqual(bytes));
        });
}
