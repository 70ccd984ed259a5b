using System.Text;
using CsCheck;
using Ferry.Syntax.Text;

namespace Ferry.Syntax.Tests.Text;

public class TextTests
{
    [Theory]
    [InlineData("", 0, 1, 1)]
    [InlineData("ab\ncd", 3, 2, 1)]
    [InlineData("ab\ncd", 2, 1, 3)]
    [InlineData("ab\r\ncd", 5, 2, 2)]
    [InlineData("ab\rcd", 4, 2, 2)]
    [InlineData("\n\r\n\r", 4, 4, 1)]
    [InlineData("ü=", 2, 1, 3)]
    public void Places_are_counted_in_bytes(string text, int offset, int line, int column) =>
        Assert.Equal(
            new LinePosition(line, column),
            Nix.Source(text).Locate(SourcePosition.At(offset))
        );

    [Fact]
    public void Lines_come_without_their_ends()
    {
        var lines = new LineMap("a\r\nb\rc\n"u8.ToArray());

        Assert.Equal(4, lines.LineCount);
        Assert.Equal(
            ["a", "b", "c", ""],
            Enumerable.Range(1, 4).Select(line => Encoding.UTF8.GetString(lines.GetLine(line).Span))
        );
    }

    [Fact]
    public void An_unknown_position_has_no_line()
    {
        Assert.Equal(default, Nix.Source("a").Locate(SourcePosition.None));
        Assert.Equal(SourcePosition.None, default);
    }

    [Theory]
    [InlineData("/a/b.nix", "/a")]
    [InlineData("/b.nix", "/")]
    public void Paths_in_a_file_start_from_its_folder(string path, string folder) =>
        Assert.Equal(folder, SourceText.FromFile(path, default).BaseDirectory);

    [Fact]
    public void Equal_names_are_one_symbol() =>
        Gen.String.Array.Sample(names =>
        {
            var table = new SymbolTable();
            var symbols = names.Select(table.Intern).ToArray();
            for (var index = 0; index < names.Length; index++)
            {
                Assert.Same(symbols[index], table.Intern(names[index]));
                Assert.Same(symbols[index], table[symbols[index].Id]);
            }

            Assert.Equal(names.Distinct().Count(), symbols.Distinct().Count());
        });

    [Fact]
    public void Threads_agree_on_symbols()
    {
        var table = new SymbolTable();
        var names = Enumerable.Range(0, 20_000).Select(number => $"name{number}").ToArray();
        var results = new Symbol[4][];

        Parallel.For(0, results.Length, run => results[run] = [.. names.Select(table.Intern)]);

        Assert.All(results, symbols => Assert.Equal(results[0], symbols));
        Assert.Equal(names, results[0].Select(symbol => symbol.ToString()));
    }
}
