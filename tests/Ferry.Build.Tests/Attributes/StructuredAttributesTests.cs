using Ferry.Build.Attributes;

namespace Ferry.Build.Tests.Attributes;

/// <summary>The files in <c>Stock</c> were written by stock Nix 2.34.8 for one derivation with every kind of value.</summary>
public class StructuredAttributesTests
{
    private const string OutputPath = "/nix/store/dk4fjmqi28i5hmhvsg0m4bmg55wkw5ns-attrs2";
    private const string DependencyPath = "/nix/store/z4asv3j07d89ywjf8fxkn7sg6mf5s9q5-dep";

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Attributes", "Stock");

    [Fact]
    public void Both_files_equal_those_of_stock_to_the_byte()
    {
        var attributes = (ObjectAttribute)
            AttributeValue.Parse(File.ReadAllBytes(Path.Combine(Folder, "derivation.json")));

        var (json, shell) = StructuredAttributes.Write(
            attributes,
            [new("out", OutputPath)],
            [new("graph", Graph())]
        );

        Assert.Equal(File.ReadAllText(Path.Combine(Folder, "attrs.json")), json);
        Assert.Equal(File.ReadAllText(Path.Combine(Folder, "attrs.sh")), shell);
    }

    [Fact]
    public void Keys_are_ordered_by_their_bytes_and_not_by_utf16()
    {
        var value = AttributeValue.Parse("{\"\uFFFD\":1,\"\U0001F600\":2}"u8.ToArray());
        Assert.Equal("{\"\uFFFD\":1,\"\U0001F600\":2}", value.ToString());
    }

    [Fact]
    public void Of_two_equal_keys_the_last_wins() =>
        Assert.Equal("{\"a\":2}", AttributeValue.Parse("{\"a\":1,\"a\":2}"u8.ToArray()).ToString());

    [Fact]
    public void Json_that_is_broken_is_a_failure_of_the_build() =>
        Assert.StartsWith(
            "cannot process __json attribute",
            Assert.Throws<BuildException>(() => AttributeValue.Parse("{"u8.ToArray())).Message
        );

    private static ListAttribute Graph()
    {
        var members = ObjectAttribute.NewMembers();
        members["closureSize"] = new NumberAttribute("120");
        members["narHash"] = new TextAttribute(
            "sha256:00kjynz8n03652qccs76ivsvark3pr3dfr6w1ba3x7bx83kcknvv"
        );
        members["narSize"] = new NumberAttribute("120");
        members["path"] = new TextAttribute(DependencyPath);
        members["references"] = new ListAttribute([]);
        members["valid"] = new BooleanAttribute(true);
        return new ListAttribute([new ObjectAttribute(members)]);
    }
}
