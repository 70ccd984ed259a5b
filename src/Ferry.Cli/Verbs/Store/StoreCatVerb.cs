using Ferry.Cli.Composition;

namespace Ferry.Cli.Verbs.Store;

internal sealed class StoreCatVerb : Verb
{
    public override string Path => "store cat";

    public override string Summary => "print a file of a store path";

    public override string Operands => "PATH";

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var path = StoreFile.Locate(session, operands);
        if (Directory.Exists(path) || new FileInfo(path).LinkTarget is not null)
            throw new CommandException($"path '{operands[0]}' is not a regular file");

        using var file = File.OpenRead(path);
        using var output = Console.OpenStandardOutput();
        file.CopyTo(output);
        return ExitCode.Success;
    }
}
