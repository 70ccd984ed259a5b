using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Verbs.Hashes;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.Cli.Verbs.Classic;

internal sealed class NixHashVerb : Verb
{
    private readonly HashPrinter _printer = new() { Format = HashFormat.Base16 };
    private HashKind? _kind;
    private bool _converts;

    public override string Path => "nix-hash";

    public override string Summary => "print or convert hashes";

    public override string Operands => "PATH...";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        options.Switch(
            "--flat",
            "hash the bytes of a file instead of its NAR",
            () => _printer.Method = ContentAddressMethod.Flat
        );
        options.Switch(
            "--truncate",
            "fold longer hashes into 160 bits",
            () => _printer.IsTruncated = true
        );
        options.Read(
            "--type",
            "HASH",
            "the hash function; md5 by default",
            text => HashKinds.Parse(text),
            kind => _kind = kind
        );
        foreach (
            var (name, format) in new[]
            {
                ("base16", HashFormat.Base16),
                ("base32", HashFormat.Nix32),
                ("base64", HashFormat.Base64),
                ("sri", HashFormat.Sri),
            }
        )
        {
            options.Switch($"--{name}", $"print as {name}", () => _printer.Format = format);
            options.Switch(
                $"--to-{name}",
                $"the operands are hashes; print them as {name}",
                () => (_converts, _printer.Format) = (true, format)
            );
        }
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        _printer.Kind = _kind ?? HashKind.Md5;
        var isSri = _printer.Format == HashFormat.Sri;
        foreach (var operand in operands)
            session.Output.WriteLine(
                _converts
                    ? Ferry
                        .Formats.Hashing.Hash.Parse(operand, _kind)
                        .Format(_printer.Format, isSri)
                    : _printer.Print(session, operand)
            );
        return ExitCode.Success;
    }
}
