using System.Globalization;
using System.Text;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Progress;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Closures;

namespace Ferry.Cli.Verbs.Store;

internal sealed class PathInfoVerb : Verb
{
    private const int NumberWidth = 11;
    private const int HumanWidth = 10;

    private readonly StorePathOptions _paths = new();
    private bool _showsSize;
    private bool _showsClosureSize;
    private bool _showsSignatures;
    private bool _isHuman;
    private bool _isJson;
    private int? _format;

    public override string Path => "path-info";

    public override string Summary => "show what is known of store paths";

    public override string Operands => "INSTALLABLE...";

    public override InstallableOptions Installables => _paths.Installables;

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _paths.Declare(options, shared);
        options.Switch("--size -s", "show the size of each path", () => _showsSize = true);
        options.Switch(
            "--closure-size -S",
            "show the size of each path's closure",
            () => _showsClosureSize = true
        );
        options.Switch("--human-readable -h", "sizes in KiB and MiB", () => _isHuman = true);
        options.Switch("--sigs", "show signatures", () => _showsSignatures = true);
        options.Switch("--json", "print JSON", () => _isJson = true);
        options.Number(
            "--json-format",
            "N",
            "the JSON's format, 1 or 2",
            number => _format = number
        );
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var paths = _paths.Find(session, operands);
        return _isJson ? RunJson(session, paths) : RunText(session, paths);
    }

    private ExitCode RunText(Session session, IReadOnlyList<StorePath> paths)
    {
        var store = session.Store;
        var texts = paths.Select(store.Directory.Format).ToList();
        var width = texts.Count == 0 ? 0 : texts.Max(text => text.Length);
        var hasColumns = _showsSize || _showsClosureSize || _showsSignatures;
        foreach (var (path, text) in paths.Zip(texts))
        {
            var info = store.RequireInfo(path);
            var line = new StringBuilder(hasColumns ? text.PadRight(width) : text);
            if (_showsSize)
                line.Append('\t').Append(Size(info.NarSize));
            if (_showsClosureSize)
                line.Append('\t').Append(Size(ClosureSize(store, path)));
            if (_showsSignatures)
                line.Append('\t').AppendJoin(' ', Signatures(info));
            session.Output.WriteLine(line);
        }

        return ExitCode.Success;
    }

    private ExitCode RunJson(Session session, IReadOnlyList<StorePath> paths)
    {
        if (_format is null)
        {
            session.Warn(
                "'--json' without '--json-format' is deprecated; please specify '--json-format 1' or '--json-format 2'. This will become an error in a future release."
            );
        }

        var store = session.Store;
        var entries = paths
            .Order()
            .Select(path => KeyValuePair.Create(path, store.QueryInfo(path)));
        session.Output.WriteLine(
            new PathInfoJson(store.Directory, _format ?? 1).Write(
                entries,
                _showsClosureSize ? path => ClosureSize(store, path) : null
            )
        );
        return ExitCode.Success;
    }

    private static long ClosureSize(IStore store, StorePath path) =>
        store
            .Closure([path], ClosureOptions.References)
            .Sum(member => store.RequireInfo(member).NarSize);

    private static IEnumerable<string> Signatures(PathInfo info)
    {
        if (info.IsUltimate)
            yield return "ultimate";
        if (info.ContentAddress is { } address)
            yield return $"ca:{address}";
        foreach (var signature in info.Signatures)
            yield return signature;
    }

    private string Size(long bytes)
    {
        if (!_isHuman)
            return bytes.ToString(CultureInfo.InvariantCulture).PadLeft(NumberWidth);

        return SizeText.Of(bytes).PadLeft(HumanWidth);
    }
}
