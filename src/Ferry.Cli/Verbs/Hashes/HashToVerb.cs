using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Formats.Hashing;

namespace Ferry.Cli.Verbs.Hashes;

/// <summary><c>hash to-base16</c> and its kin, the older forms of <c>hash convert</c>.</summary>
internal sealed class HashToVerb(string name, HashFormat format) : Verb
{
    private HashKind? _kind;

    public override string Path => $"hash to-{name}";

    public override string Summary => $"convert hashes to {name} (older form of 'hash convert')";

    public override string Operands => "HASH...";

    public override void Declare(OptionTable options, SessionOptions shared) =>
        options.Read(
            "--type",
            "HASH",
            "the hash function, where a hash does not name it",
            text => HashKinds.Parse(text),
            kind => _kind = kind
        );

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        session.Warn(
            "The old format conversion subcommands of `nix hash` were deprecated in favor of `nix hash convert`."
        );
        foreach (var text in operands)
            session.Output.WriteLine(
                Hash.Parse(text, _kind).Format(format, withKind: format == HashFormat.Sri)
            );
        return ExitCode.Success;
    }
}
