using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Fetching.Tarballs;
using Ferry.Formats.Hashing;
using Ferry.Formats.Json;

namespace Ferry.Cli.Verbs.Store;

internal sealed class StorePrefetchFileVerb : Verb
{
    private string? _name;
    private string? _expected;
    private HashKind _kind = HashKind.Sha256;
    private bool _isExecutable;
    private bool _unpacks;
    private bool _isJson;

    public override string Path => "store prefetch-file";

    public override string Summary => "fetch a file into the store and print its hash";

    public override string Operands => "URL";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        options.Value("--name", "NAME", "the name of the store path", text => _name = text);
        options.Value("--expected-hash", "HASH", "what the hash must be", text => _expected = text);
        options.Read(
            "--hash-type",
            "HASH",
            "the hash function",
            text => HashKinds.Parse(text),
            kind => _kind = kind
        );
        options.Switch("--executable", "make the file executable", () => _isExecutable = true);
        options.Switch("--unpack", "unpack an archive", () => _unpacks = true);
        options.Switch("--json", "print JSON", () => _isJson = true);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var url = session.OnlyOperand(operands);
        var file = session.Fetching.Fetcher.Prefetch(
            new PrefetchRequest(url)
            {
                Name = _name,
                HashKind = _kind,
                Expected = _expected is null ? null : Hash.Parse(_expected, _kind),
                IsExecutable = _isExecutable,
                Unpacks = _unpacks,
            }
        );
        session.EndProgress();
        var (path, hash) = (session.Store.Directory.Format(file.Path), file.Hash.ToSri());
        if (!_isJson)
        {
            session.Note($"Downloaded '{url}' to '{path}' (hash '{hash}').");
            return ExitCode.Success;
        }

        var json = new JsonWriter(isIndented: session.Options.IndentsJson);
        json.StartObject();
        json.Member("hash", hash);
        json.Member("storePath", path);
        json.EndObject();
        session.Output.WriteLine(json.ToString());
        return ExitCode.Success;
    }
}
