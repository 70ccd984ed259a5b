using Ferry.Cli.Composition;
using Ferry.Formats.Signatures;

namespace Ferry.Cli.Verbs.Keys;

/// <summary>Reads the secret key from standard input, so that it is on no command line.</summary>
internal sealed class KeyConvertSecretToPublicVerb : Verb
{
    public override string Path => "key convert-secret-to-public";

    public override string Summary => "print the public key of a secret key on standard input";

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        session.NoOperands(operands);
        session.Output.Write(SecretKey.Parse(Console.In.ReadToEnd()).PublicKey.ToString());
        return ExitCode.Success;
    }
}
