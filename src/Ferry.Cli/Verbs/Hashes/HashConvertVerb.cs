using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Formats.Hashing;

namespace Ferry.Cli.Verbs.Hashes;

internal sealed class HashConvertVerb : Verb
{
    private HashFormat? _from;
    private HashFormat _to = HashFormat.Sri;
    private HashKind? _kind;

    public override string Path => "hash convert";

    public override string Summary => "convert hashes between their text forms";

    public override string Operands => "HASH...";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        options.Read(
            "--from",
            "FORMAT",
            "the form that the hashes must have: base16, nix32, base64 or sri",
            text => HashFormats.Parse(text),
            format => _from = format
        );
        options.Read(
            "--to",
            "FORMAT",
            "the form to print: base16, nix32, base64 or sri",
            text => HashFormats.Parse(text),
            format => _to = format
        );
        options.Read(
            "--hash-algo",
            "HASH",
            "the hash function, where a hash does not name it",
            text => HashKinds.Parse(text),
            kind => _kind = kind
        );
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        foreach (var text in operands)
        {
            var hash = Hash.Parse(text, _kind, out var form);
            if (_from is { } wanted && wanted != form)
                throw new CommandException(
                    $"input hash '{text}' has format '{form.Name()}', but '--from {wanted.Name()}' was specified"
                );
            session.Output.WriteLine(hash.Format(_to, withKind: _to == HashFormat.Sri));
        }

        return ExitCode.Success;
    }
}
