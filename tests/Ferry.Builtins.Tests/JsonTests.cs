using System.Globalization;
using System.Text;
using Ferry.Builtins.Json;
using Ferry.Builtins.Tests.Hosting;
using Ferry.Builtins.Tests.Recorded;

namespace Ferry.Builtins.Tests;

public class JsonTests
{
    [Fact]
    public void Floats_print_with_the_digits_that_stock_prints()
    {
        foreach (var line in RecordedFile.Lines("floats.jsonl"))
        {
            var writer = new JsonWriter();
            writer.Float(
                double.Parse(line.GetProperty("value").GetString()!, CultureInfo.InvariantCulture)
            );
            Assert.Equal(
                line.GetProperty("json").GetString(),
                Encoding.ASCII.GetString(writer.Written)
            );
        }
    }

    [Fact]
    public void A_million_levels_of_nesting_are_read()
    {
        var text = new string('[', 1_000_000) + new string(']', 1_000_000);
        var counter = new Counter();
        JsonReader.Read(Encoding.ASCII.GetBytes(text), counter);
        Assert.Equal(1_000_000, counter.Arrays);
    }

    [Fact]
    public void A_million_levels_become_a_value_and_only_printing_it_is_refused()
    {
        var program =
            "let s = c: builtins.concatStringsSep \"\" (builtins.genList (_: c) 1000000); "
            + "v = builtins.fromJSON (s \"[\" + s \"]\"); in ";
        Assert.Equal("1", new TestEvaluation().Show(program + "builtins.length v"));
        Assert.Contains(
            "stack overflow; max-call-depth exceeded",
            new TestEvaluation().Show(program + "builtins.toJSON v"),
            StringComparison.Ordinal
        );
    }

    private sealed class Counter : IJsonEvents
    {
        public int Arrays { get; private set; }

        public void Null() { }

        public void Boolean(bool value) { }

        public void Integer(long value) { }

        public void Unsigned(ulong value) { }

        public void Float(double value) { }

        public void String(ReadOnlySpan<byte> text) { }

        public void BeginObject() { }

        public void Key(ReadOnlySpan<byte> name) { }

        public void EndObject() { }

        public void BeginArray() => Arrays++;

        public void EndArray() { }
    }
}
