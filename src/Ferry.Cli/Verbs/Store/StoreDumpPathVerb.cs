using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Formats.Nar;
using Ferry.Store.Closures;
using Ferry.Store.FileTrees;

namespace Ferry.Cli.Verbs.Store;

/// <summary><c>store dump-path</c>: a store path as NAR on standard output.</summary>
internal sealed class StoreDumpPathVerb : Verb
{
    private readonly StorePathOptions _paths = new();

    public override string Path => "store dump-path";

    public override string Summary => "write a store path as NAR";

    public override string Operands => "INSTALLABLE";

    public override InstallableOptions Installables => _paths.Installables;

    public override void Declare(CommandLine.OptionTable options, SessionOptions shared) =>
        _paths.Declare(options, shared);

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (!Console.IsOutputRedirected)
            throw session.Usage("refusing to write NAR to a terminal");
        if (_paths.Find(session, operands) is not [var path])
            throw session.Usage("this command requires exactly one store path");
        _ = session.Store.RequireInfo(path);
        using var output = Console.OpenStandardOutput();
        var writer = new NarWriter(output);
        FileTreeReader.Read(session.Store.RealPath(path), writer);
        writer.Complete();
        return ExitCode.Success;
    }
}
