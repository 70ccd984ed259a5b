using Ferry.Cli.Composition;

namespace Ferry.Cli.Verbs.Store;

internal sealed class StorePathFromHashPartVerb : Verb
{
    public override string Path => "store path-from-hash-part";

    public override string Summary => "print the store path that begins with a digest";

    public override string Operands => "DIGEST";

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var digest = session.OnlyOperand(operands);
        var path =
            session.Store.QueryPathFromDigest(digest)
            ?? throw new CommandException($"there is no store path corresponding to '{digest}'");
        session.Output.WriteLine(session.Store.Directory.Format(path));
        return ExitCode.Success;
    }
}
