using System.Diagnostics;
using Ferry.Syntax.Diagnostics;
using Ferry.Syntax.Parsing;
using Ferry.Syntax.Printing;
using Ferry.Syntax.Text;

namespace Ferry.Syntax.Tests.Conformance;

/// <summary>Compares with a stock Nix on every file of a folder, when both are named in the environment.</summary>
/// <remarks>
/// <c>FERRY_STOCK_NIX</c> is a command that runs <c>nix-instantiate</c> 2.34.8, for example a script that enters a
/// chroot; <c>FERRY_NIX_FILES</c> a folder of programs that this command sees at the same path. A few dozen
/// milliseconds a file.
/// </remarks>
public class StockDifferentialTests
{
    [Fact]
    public void Every_file_of_a_folder_is_read_as_by_stock()
    {
        var stock = Environment.GetEnvironmentVariable("FERRY_STOCK_NIX");
        var folder = Environment.GetEnvironmentVariable("FERRY_NIX_FILES");
        Assert.SkipUnless(
            stock is not null && folder is not null,
            "FERRY_STOCK_NIX and FERRY_NIX_FILES are not set"
        );

        var files = Directory.EnumerateFiles(folder!, "*.nix", SearchOption.AllDirectories);
        var different = files.Where(file => !IsSame(stock!, file)).ToArray();

        Assert.Empty(different);
    }

    private static bool IsSame(string stock, string file)
    {
        var (output, error) = Run(stock, file);
        var (ownOutput, ownError) = Parse(file);
        // Names are bound by stock's --parse, but not by this library.
        return error.Contains("undefined variable", StringComparison.Ordinal)
            || (output == ownOutput && error.EndsWith(ownError, StringComparison.Ordinal));
    }

    private static (string Output, string Error) Run(string stock, string file)
    {
        var start = new ProcessStartInfo(stock)
        {
            ArgumentList = { "--parse", "--readonly-mode", "--store", "dummy://", file },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.Latin1,
            StandardErrorEncoding = System.Text.Encoding.Latin1,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        return (output, error.GetAwaiter().GetResult());
    }

    private static (string Output, string Error) Parse(string file)
    {
        var latin = System.Text.Encoding.Latin1;
        var options = Nix.Options with
        {
            HomeDirectory = Environment.GetEnvironmentVariable("HOME"),
        };
        try
        {
            var source = SourceText.FromFile(file, File.ReadAllBytes(file));
            var printed = ExpressionPrinter.Format(Parser.Parse(source, options));
            return (latin.GetString(printed) + "\n", "");
        }
        catch (SyntaxException failure)
        {
            var rendered = DiagnosticRenderer.Render(failure.Diagnostic, new DiagnosticStyle());
            return ("", latin.GetString(rendered) + "\n");
        }
    }
}
