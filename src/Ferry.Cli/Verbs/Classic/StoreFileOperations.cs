using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Formats;
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
        Add(session, operands, HashKind.Sha256, ContentAddressMethod.Recursive);

    /// <param name="session">Whose store.</param>
    /// <param name="words">The kind of hash, then paths.</param>
    /// <param name="isRecursive">False: each is one file, and its contents are hashed.</param>
    public static ExitCode AddFixed(
        Session session,
        IReadOnlyList<string> words,
        bool isRecursive
    ) =>
        words.Count > 0
            ? Add(session, words.Skip(1), Kind(words[0]), Method(isRecursive))
            : throw Usage("first argument must be hash algorithm");

    /// <param name="session">Whose store.</param>
    /// <param name="words">The kind of hash, the hash in any form, and a name.</param>
    /// <param name="isRecursive">False: the hash is that of one file's contents.</param>
    public static ExitCode PrintFixedPath(
        Session session,
        IReadOnlyList<string> words,
        bool isRecursive
    )
    {
        if (words is not [var kind, var hash, var name])
            throw Usage("'--print-fixed-path' requires three arguments");
        var address = new ContentAddress(Method(isRecursive), Hash.Parse(hash, Kind(kind)));
        var directory = session.Site.Directory;
        session.Output.WriteLine(
            directory.Format(new StorePathFactory(directory).FixedOutput(name, address))
        );
        return ExitCode.Success;
    }

    public static ExitCode Dump(Session session, IReadOnlyList<string> operands)
    {
        var path = Only(operands);
        using var output = Console.OpenStandardOutput();
        var writer = new NarWriter(output);
        FileTreeReader.Read(RealPath(session, path), writer);
        writer.Complete();
        return ExitCode.Success;
    }

    public static ExitCode Restore(Session session, IReadOnlyList<string> operands)
    {
        var path = Path.GetFullPath(Only(operands), session.WorkingDirectory);
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
            return session.ExistingPath(absolute);
        var (storePath, below) = session.Site.Directory.Split(absolute);
        return session.Store.RealPath(storePath) + below;
    }

    private static ExitCode Add(
        Session session,
        IEnumerable<string> operands,
        HashKind kind,
        ContentAddressMethod method
    )
    {
        foreach (var operand in operands)
        {
            var file = session.ExistingPath(operand);
            var tree = new TreeToAdd(
                Path.GetFileName(file),
                target => FileTreeReader.Read(file, target)
            )
            {
                Method = method,
                HashKind = kind,
            };
            session.Output.WriteLine(session.Store.Directory.Format(session.Store.AddTree(tree)));
        }

        return ExitCode.Success;
    }

    private static ContentAddressMethod Method(bool isRecursive) =>
        isRecursive ? ContentAddressMethod.Recursive : ContentAddressMethod.Flat;

    private static HashKind Kind(string text)
    {
        try
        {
            return HashKinds.Parse(text);
        }
        catch (BadFormatException exception)
        {
            throw Usage(exception.Message);
        }
    }

    private static string Only(IReadOnlyList<string> operands) =>
        operands.Count == 1 ? operands[0] : throw Usage("only one argument allowed");

    private static UsageException Usage(string message) =>
        UsageException.Because("nix-store", message);
}
