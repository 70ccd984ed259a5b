using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.Cli.Verbs.Hashes;

/// <summary><c>hash path</c>, and <c>hash file</c>, its older form for single files.</summary>
internal sealed class HashPathVerb(string path, ContentAddressMethod method) : Verb
{
    private readonly HashPrinter _printer = new() { Method = method };

    public override string Path => path;

    public override string Summary =>
        method == ContentAddressMethod.Flat
            ? "print the hash of a file"
            : "print the hash of a file tree, as NAR";

    public override string Operands => "PATH...";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        options.Switch("--sri", "print as KIND-BASE64", () => _printer.Format = HashFormat.Sri);
        options.Switch("--base64", "print in base 64", () => _printer.Format = HashFormat.Base64);
        options.Switch(
            "--base32",
            "print in Nix's base 32",
            () => _printer.Format = HashFormat.Nix32
        );
        options.Switch("--base16", "print in base 16", () => _printer.Format = HashFormat.Base16);
        options.Read("--type", "HASH", "the hash function", text => HashKinds.Parse(text), SetKind);
        if (method == ContentAddressMethod.Flat)
            return;
        options.Read("--algo", "HASH", "the hash function", text => HashKinds.Parse(text), SetKind);
        options.Read(
            "--format",
            "FORMAT",
            "base16, nix32, base64 or sri",
            text => HashFormats.Parse(text),
            format => _printer.Format = format
        );
        options.Read(
            "--mode",
            "MODE",
            "what is hashed: nar, or flat for the bytes of a file",
            IngestionMethods.Parse,
            mode => _printer.Method = mode
        );
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        foreach (var operand in operands)
            session.Output.WriteLine(_printer.Print(session, operand));
        return ExitCode.Success;
    }

    private void SetKind(HashKind kind) => _printer.Kind = kind;
}
