using Ferry.Syntax.Tree;

namespace Ferry.Syntax.Tests.Parsing;

/// <summary>What the tree says besides what <c>--parse</c> shows: positions, names and comments.</summary>
public class TreeTests
{
    [Theory]
    [InlineData("a + b", 2)]
    [InlineData("a // b", 2)]
    [InlineData("a && b", 2)]
    [InlineData("a - b", 2)]
    [InlineData("a < b", 2)]
    [InlineData("a == b", -1)]
    [InlineData("! a", 2)]
    [InlineData("(f) a", 0)]
    [InlineData(" (f a) b", 2)]
    [InlineData(" -a", 1)]
    [InlineData(" (a.b).c", 1)]
    [InlineData("(a) ? b", 1)]
    [InlineData(" [ a ]", 3)]
    [InlineData(" [ 1 ]", -1)]
    [InlineData(" { }", 1)]
    [InlineData(" rec { }", 1)]
    [InlineData(" x: x", 1)]
    [InlineData(" if a then b else c", 1)]
    [InlineData(" with a; b", 1)]
    [InlineData(" assert a; b", 1)]
    [InlineData(" let in a", -1)]
    [InlineData(" \"${a}\"", 2)]
    [InlineData(" ''  ${a}''", 1)]
    [InlineData(" ./a${a}", 1)]
    [InlineData(" 1", -1)]
    [InlineData(" __curPos", 1)]
    [InlineData(" <a>", 1)]
    public void Nodes_have_the_positions_that_errors_name(string program, int offset) =>
        Assert.Equal(offset, Nix.Parse(program).Position.Offset);

    [Fact]
    public void Attributes_are_placed_at_the_start_of_their_path()
    {
        var attributes = Nix.Parse<AttributeSetExpression>(
            "{ a.b = 1; inherit c; inherit (d) e; }"
        );

        Assert.Equal(
            [2, 19, 34],
            attributes.Attributes.ToArray().Select(attribute => attribute.Position.Offset)
        );
        Assert.Equal(
            [AttributeKind.Plain, AttributeKind.Inherited, AttributeKind.InheritedFrom],
            attributes.Attributes.ToArray().Select(attribute => attribute.Kind)
        );
    }

    [Fact]
    public void Formals_keep_their_order_and_places()
    {
        var lambda = Nix.Parse<LambdaExpression>("{ b, a ? 1, ... }@x: a");

        Assert.Equal(["b", "a"], lambda.Formals.ToArray().Select(formal => $"{formal.Name}"));
        Assert.Equal([2, 5], lambda.Formals.ToArray().Select(formal => formal.Position.Offset));
        Assert.True(lambda.HasEllipsis);
        Assert.Equal("x", lambda.Argument?.ToString());
    }

    [Fact]
    public void Names_inherited_from_one_source_share_it()
    {
        var attributes = Nix.Parse<AttributeSetExpression>(
            "{ x = { inherit (p) a; }; x = { inherit (q) b c; }; }"
        );
        var merged = (AttributeSetExpression)attributes.Attributes[0].Value;

        Assert.Equal(2, merged.InheritSources.Length);
        Assert.Equal(
            [0, 1, 1],
            merged
                .Attributes.ToArray()
                .Select(attribute => (SelectExpression)attribute.Value)
                .Select(select => ((InheritSourceExpression)select.Subject).Index)
        );
    }

    [Fact]
    public void Large_sets_find_their_names()
    {
        var bindings = string.Concat(Enumerable.Range(0, 1000).Select(i => $"a{i} = {i};"));
        var attributes = Nix.Parse<AttributeSetExpression>($"{{ {bindings} }}");

        Assert.Equal(777, attributes.IndexOf(Nix.Symbol("a777")));
        Assert.Equal(-1, attributes.IndexOf(Nix.Symbol("b")));
        Assert.Contains("'a500' already defined", Nix.Fail($"{{ {bindings} a500 = 1; }}"));
    }

    [Fact]
    public void Functions_are_named_after_their_attribute()
    {
        var attributes = Nix.Parse<AttributeSetExpression>("{ f = a: { b }: b; g = [ (x: x) ]; }");
        var outer = (LambdaExpression)attributes.Attributes[0].Value;

        Assert.Equal("f", outer.Name?.ToString());
        Assert.Equal("f", ((LambdaExpression)outer.Body).Name?.ToString());
    }

    [Theory]
    [InlineData("/** doc */ x: x", 0, 10)]
    [InlineData("/** doc */ /* other */ # more\n x: x", 0, 10)]
    [InlineData("/** one */ /** two */ x: x", 11, 21)]
    [InlineData("/* no */ x: x", -1, -1)]
    [InlineData("/**/ x: x", -1, -1)]
    [InlineData("/*** no */ x: x", -1, -1)]
    [InlineData("(/** doc */ { a }: a)", 1, 11)]
    public void A_function_keeps_the_comment_before_it(string program, int start, int end)
    {
        var documentation = Nix.Parse<LambdaExpression>(program).Documentation;

        Assert.Equal((start, end), (documentation.Start.Offset, documentation.End.Offset));
    }

    [Fact]
    public void The_comment_of_an_attribute_describes_its_functions_unless_they_have_one()
    {
        var attributes = Nix.Parse<AttributeSetExpression>("{ /** a */ f = x: /** b */ y: z: 1; }");
        var outer = (LambdaExpression)attributes.Attributes[0].Value;
        var middle = (LambdaExpression)outer.Body;
        var inner = (LambdaExpression)middle.Body;

        Assert.Equal(2, outer.Documentation.Start.Offset);
        Assert.Equal(18, middle.Documentation.Start.Offset);
        Assert.Equal(18, inner.Documentation.Start.Offset);
    }
}
