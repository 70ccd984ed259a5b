using Ferry.Cli.Composition;
using Ferry.Formats.Hashing;
using Ferry.Formats.Nar;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.FileTrees;

namespace Ferry.Cli.Verbs.Classic;

/// <summary>The operations of <c>nix-store</c> that move files in and out.</summary>
internal static class StoreFileOperations
{
    public static ExitCode Add(Session session, IReadOnlyList<string> operands) =>
        AddFixed(session, operands, "sha256", isRecursive: true);

    public static ExitCode AddFixed(
        Session session,
        IReadOnlyList<string> operands,
        string hashKind,
        bool isRecursive
    )
    {
        foreach (var operand in operands)
        {
            var file = Path.GetFullPath(operand, session.WorkingDirectory);
            var tree = new TreeToAdd(
                Path.GetFileName(file),
                target => FileTreeReader.Read(file, target)
            )
            {
                Method = isRecursive ? ContentAddressMethod.Recursive : ContentAddressMethod.Flat,
                HashKind = HashKinds.Parse(hashKind),
            };
            session.Output.WriteLine(session.Store.Directory.Format(session.Store.AddTree(tree)));
        }

        return ExitCode.Success;
    }

    public static ExitCode Dump(Session session, IReadOnlyList<string> operands)
    {
        var path = Only(operands, "--dump");
        using var output = Console.OpenStandardOutput();
        var writer = new NarWriter(output);
        FileTreeReader.Read(RealPath(session, path), writer);
        writer.Complete();
        return ExitCode.Success;
    }

    public static ExitCode Restore(Session session, IReadOnlyList<string> operands)
    {
        var path = Path.GetFullPath(Only(operands, "--restore"), session.WorkingDirectory);
        using var input = new BufferedStream(Console.OpenStandardInput(), 1 << 16);
        using var writer = new FileTreeWriter(path);
        NarReader.Read(input, writer);
        return ExitCode.Success;
    }

    // A store path is dumped from where it lies; anything else is a path of this machine.
    private static string RealPath(Session session, string path)
    {
        var absolute = Path.GetFullPath(path, session.WorkingDirectory);
        if (!session.Site.Directory.Contains(absolute))
            return absolute;
        var (storePath, below) = session.Site.Directory.Split(absolute);
        return session.Store.RealPath(storePath) + below;
    }

    private static string Only(IReadOnlyList<string> operands, string operation) =>
        operands.Count == 1
            ? operands[0]
            : throw new CommandException($"'{operation}' takes exactly one path");
}
