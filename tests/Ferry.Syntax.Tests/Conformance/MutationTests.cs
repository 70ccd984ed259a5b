using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Lexing;
using Ferry.Syntax.Parsing;
using Ferry.Syntax.Parsing.Expectations;
using Ferry.Syntax.Printing;
using Ferry.Syntax.Text;

namespace Ferry.Syntax.Tests.Conformance;

/// <summary>Random damage to correct programs.</summary>
public class MutationTests
{
    private static readonly int s_rounds = int.TryParse(
        Environment.GetEnvironmentVariable("FERRY_ROUNDS"),
        out var rounds
    )
        ? rounds
        : 20_000;

    private static readonly string[] s_insertions =
    [
        "if ",
        "then ",
        "else ",
        "let ",
        "in ",
        "rec ",
        "inherit ",
        "or ",
        "with ",
        "assert ",
        "...",
        "==",
        "<",
        "//",
        "++",
        "->",
        "!",
        "-",
        "?",
        ":",
        "@",
        ";",
        ".",
        "\"",
        "''",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        "=",
        ",",
        "x",
        "1",
        "1.5",
        "./a",
        "~/a",
        "<a>",
        "a:b",
        "${",
        "a/${",
        "/",
        "$",
        "'",
        "\\",
        "\n",
        "\r",
        "#",
        "/*",
        "*/",
        "\0",
        "é",
    ];

    [Fact]
    public void Damaged_programs_end_in_a_tree_or_a_syntax_error()
    {
        var programs = Corpus
            .Cases("parses")
            .Select(name => Corpus.Read("parses", name, Corpus.Input))
            .ToArray();
        // A fixed seed: a failure can be run again.
        var random = new Random(2348);

        for (var round = 0; round < s_rounds; round++)
        {
            var program = programs[random.Next(programs.Length)];
            for (var edits = random.Next(1, 4); edits > 0; edits--)
                program = Damage(program, random);
            Check(program);
        }
    }

    // Both parsers must agree about every program: the fast one by hand, and the tables that explain its errors.
    private static void Check(byte[] program)
    {
        var source = SourceText.FromFile("/pwd/in.nix", program);
        try
        {
            ExpressionPrinter.Format(Parser.Parse(source, Nix.Options));
        }
        catch (SyntaxException failure)
        {
            DiagnosticRenderer.Render(failure.Diagnostic, new DiagnosticStyle());
            return;
        }

        var lexer = new Lexer(source, allowsPipeOperators: false);
        Assert.Null(SyntaxErrorFinder.FindFailingState(lexer));
    }

    private static byte[] Damage(byte[] program, Random random)
    {
        var at = random.Next(program.Length + 1);
        switch (random.Next(5))
        {
            case 0:
                return program[..at];
            case 1:
                var end = Math.Min(program.Length, at + random.Next(1, 6));
                return [.. program[..at], .. program[end..]];
            case 2:
                return [.. program[..at], (byte)random.Next(256), .. program[at..]];
            default:
                var insertion = s_insertions[random.Next(s_insertions.Length)];
                var bytes = System.Text.Encoding.UTF8.GetBytes(insertion);
                return [.. program[..at], .. bytes, .. program[at..]];
        }
    }
}
