#:project ../src/Ferry.Syntax/Ferry.Syntax.csproj
#:property PublishAot=false
#:property ConcurrentGarbageCollection=false

// How fast is a program read, beside a stock Nix?
//
//   dotnet run -c Release bench/parsing.cs -- FILE [STOCK-COMMAND ARGUMENT…]
//
// FILE should be large (megabytes) and must bind, as stock binds what it reads; `x: [ (…) (…) ]` around other programs
// will do. STOCK-COMMAND runs nix-instantiate, for example a script that enters a chroot. Times are user CPU, so that a
// busy machine disturbs them less; stock's are less those of an empty program, Ferry's the best of the rounds.

using System.Diagnostics;
using System.Globalization;
using Ferry.Syntax.Parsing;
using Ferry.Syntax.Text;

const int rounds = 20;

if (args.Length == 0)
{
    Console.Error.WriteLine("usage: parsing.cs FILE [STOCK-COMMAND ARGUMENT…]");
    return 1;
}

var path = Path.GetFullPath(args[0]);
var source = SourceText.FromFile(path, File.ReadAllBytes(path));
var megabytes = source.Bytes.Length / 1e6;
Report("Ferry", Enumerable.Range(0, rounds).Min(_ => MeasureFerry(source)));
if (args.Length > 1)
{
    var empty = Path.Combine(Path.GetDirectoryName(path)!, "empty-program.nix");
    File.WriteAllText(empty, "x: x");
    var start = MeasureStock(empty);
    Report("stock", MeasureStock(path) - start);
    File.Delete(empty);
}

return 0;

void Report(string name, TimeSpan time) =>
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {time.TotalMilliseconds:F0} ms, {megabytes / time.TotalSeconds:F0} MB/s"
        )
    );

static TimeSpan MeasureFerry(SourceText source)
{
    var options = new ParserOptions { Symbols = new SymbolTable(), HomeDirectory = "/" };
    using var process = Process.GetCurrentProcess();
    var before = process.UserProcessorTime;
    Parser.Parse(source, options);
    process.Refresh();
    return process.UserProcessorTime - before;
}

TimeSpan MeasureStock(string file)
{
    string[] arguments = ["--eval", "--readonly-mode", "--store", "dummy://", file];
    var start = new ProcessStartInfo(args[1], [.. args.AsSpan(2), .. arguments])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
    };
    var before = ChildrenTime();
    using (var process = Process.Start(start)!)
    {
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
    }

    return ChildrenTime() - before;
}

// User CPU of the children that were waited for. Field 16 of /proc/self/stat, in hundredths of a second; the name of
// the program, field 2, may hold spaces and ends with a parenthesis.
static TimeSpan ChildrenTime()
{
    var stat = File.ReadAllText("/proc/self/stat");
    var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    return TimeSpan.FromMilliseconds(10 * long.Parse(fields[13], CultureInfo.InvariantCulture));
}
