using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Printing;

namespace Ferry.Syntax.Tests.Parsing;

public class NestingTests
{
    private const int TenMillion = 10_000_000;
    private const int SmallStack = 256 * 1024;

    public static TheoryData<string, string, string> Nestings =>
        new()
        {
            { "(", "1", ")" },
            { "[", "", "]" },
            { "{a=", "1", ";}" },
            { "{a.b=", "1", ";}" },
            { "rec{a=", "1", ";}" },
            { "let{a=", "1", ";}" },
            { "let a=", "1", ";in a" },
            { "let a=1;in ", "1", "" },
            { "a:", "1", "" },
            { "{a}:", "1", "" },
            { "{a?", "1", "}:a" },
            { "with a;", "1", "" },
            { "assert a;", "1", "" },
            { "if a then ", "1", " else a" },
            { "if a then a else ", "1", "" },
            { "!", "1", "" },
            { "-", "1", "" },
            { "a++", "1", "" },
            { "a//", "1", "" },
            { "a->", "1", "" },
            { "a.b or ", "1", "" },
            { "a.${", "a", "}" },
            { "\"${", "1", "}\"" },
            { "''${", "1", "}''" },
            { "./a${", "1", "}" },
            { "{inherit(", "1", ")a;}" },
            { "{", "", "" },
            { "\"", "", "" },
            { "1+", "1", "" },
            { "f ", "f", "" },
            { "a.", "a", "" },
            { "a:a ", "a", "" },
        };

    [Theory]
    [MemberData(nameof(Nestings))]
    public void Deep_nesting_ends_in_a_tree_or_an_error(string open, string middle, string close)
    {
        const int depth = 300_000;
        var program = Repeat(open, depth) + middle + Repeat(close, depth);

        RunOnStack(
            SmallStack,
            () =>
            {
                try
                {
                    ExpressionPrinter.Format(Nix.Parse(program));
                }
                catch (SyntaxException failure)
                {
                    Assert.NotEmpty(failure.Message);
                }
                catch (InsufficientExecutionStackException)
                {
                    // The printer says so, where a tree is deeper than its source was nested.
                }
            }
        );
    }

    [Fact]
    public void Ten_million_parentheses_are_refused_with_a_place()
    {
        var program = Repeat("(", TenMillion) + "1" + Repeat(")", TenMillion);

        RunOnStack(SmallStack, () => Assert.Contains("nested too deeply", Nix.Fail(program)));
    }

    [Fact]
    public void A_chain_of_a_million_additions_is_no_nesting()
    {
        var program = Repeat("1+", 1_000_000) + "1";

        RunOnStack(SmallStack, () => Nix.Parse(program));
    }

    [Fact]
    public void Merging_very_long_attribute_paths_needs_no_stack_that_is_not_there()
    {
        var path = string.Join('.', Enumerable.Repeat("a", 300_000));
        var program = $"{{ x = {{ {path} = 1; }}; x = {{ {path}.b = 2; }}; }}";

        RunOnStack(SmallStack, () => Assert.Throws<SyntaxException>(() => Nix.Parse(program)));
    }

    private static string Repeat(string part, int count) =>
        string.Concat(Enumerable.Repeat(part, count));

    private static void RunOnStack(int bytes, Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(action), bytes);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
