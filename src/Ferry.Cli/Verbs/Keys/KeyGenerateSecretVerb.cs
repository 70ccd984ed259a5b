using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Formats.Signatures;

namespace Ferry.Cli.Verbs.Keys;

internal sealed class KeyGenerateSecretVerb : Verb
{
    private string? _name;

    public override string Path => "key generate-secret";

    public override string Summary => "make a secret key that signs store paths";

    public override void Declare(OptionTable options, SessionOptions shared) =>
        options.Value(
            "--key-name",
            "NAME",
            "what the key is called, such as cache.example.org-1",
            text => _name = text
        );

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        session.NoOperands(operands);
        if (_name is null)
            throw session.Usage("required argument '--key-name' is missing");
        session.Output.Write(SecretKey.Generate(_name).ToSecretText());
        return ExitCode.Success;
    }
}
