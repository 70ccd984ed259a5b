using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.FileTrees;

namespace Ferry.Cli.Verbs.Store;

/// <summary><c>store add</c>, and its older forms with a fixed mode.</summary>
internal sealed class StoreAddVerb(string path, ContentAddressMethod method) : Verb
{
    private string? _name;
    private string? _mode;
    private ContentAddressMethod _method = method;
    private HashKind _hashKind = HashKind.Sha256;
    private bool _isDryRun;

    public override string Path => path;

    public override string Summary => "add a file or directory to the store";

    public override string Operands => "PATH";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        options.Value("--name -n", "NAME", "the name of the store path", text => _name = text);
        options.Value(
            "--mode",
            "MODE",
            "how it is hashed: nar, flat or text",
            text => _mode = text
        );
        options.Read(
            "--hash-algo",
            "HASH",
            "the hash function",
            text => HashKinds.Parse(text),
            kind => _hashKind = kind
        );
        options.Switch("--dry-run", "only print the store path", () => _isDryRun = true);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        _method = _mode is null ? _method : ParseMode(session, _mode);
        var file = session.ExistingPath(session.OnlyOperand(operands));
        session.Output.WriteLine(session.Store.Directory.Format(Add(session, file)));
        return ExitCode.Success;
    }

    private StorePath Add(Session session, string file)
    {
        var tree = new TreeToAdd(
            _name ?? System.IO.Path.GetFileName(file),
            target => FileTreeReader.Read(file, target)
        )
        {
            Method = _method,
            HashKind = _hashKind,
        };
        if (!_isDryRun)
            return session.Store.AddTree(tree);

        var hash =
            _method == ContentAddressMethod.Recursive
                ? NarIdentity.Of(tree.Write, _hashKind).Hash
                : Hash.Compute(_hashKind, File.ReadAllBytes(file));
        return session.Store.Paths.FixedOutput(tree.Name, new ContentAddress(_method, hash));
    }

    private static ContentAddressMethod ParseMode(Session session, string text) =>
        text switch
        {
            "nar" or "recursive" => ContentAddressMethod.Recursive,
            "flat" => ContentAddressMethod.Flat,
            "text" => ContentAddressMethod.Text,
            _ => throw session.Usage(
                $"Unknown file ingestion method '{text}', expect `flat`, `nar`, or `git`"
            ),
        };
}
