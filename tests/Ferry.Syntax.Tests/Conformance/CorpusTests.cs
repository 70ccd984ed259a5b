using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Parsing;
using Ferry.Syntax.Printing;
using Ferry.Syntax.Text;

namespace Ferry.Syntax.Tests.Conformance;

public class CorpusTests
{
    public static TheoryData<string> Parsing => [.. Corpus.Cases("parses")];

    public static TheoryData<string> Failing => [.. Corpus.Cases("fails-to-parse")];

    [Theory]
    [MemberData(nameof(Parsing))]
    public void A_program_is_printed_as_by_stock(string name)
    {
        var expression = Parser.Parse(SourceOf("parses", name), Nix.FreshOptions());

        byte[] printed = [.. ExpressionPrinter.Format(expression), (byte)'\n'];
        Corpus.Check("parses", name, "expected.out", printed);
    }

    [Theory]
    [MemberData(nameof(Failing))]
    public void A_syntax_error_is_reported_as_by_stock(string name)
    {
        var source = SourceOf("fails-to-parse", name);

        var failure = Assert.Throws<SyntaxException>(() =>
            Parser.Parse(source, Nix.FreshOptions())
        );

        var rendered = DiagnosticRenderer.Render(failure.Diagnostic, new DiagnosticStyle());
        Corpus.Check("fails-to-parse", name, "expected.err", [.. rendered, (byte)'\n']);
    }

    private static SourceText SourceOf(string group, string name) =>
        SourceText.FromFile("/pwd/in.nix", Corpus.Read(group, name, Corpus.Input));
}
