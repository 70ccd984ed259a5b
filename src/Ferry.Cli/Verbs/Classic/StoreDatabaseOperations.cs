using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Closures;
using Ferry.Store.FileTrees;
using Ferry.Store.Local;

namespace Ferry.Cli.Verbs.Classic;

/// <summary>The operations of <c>nix-store</c> that write the database out and in.</summary>
internal static class StoreDatabaseOperations
{
    public static ExitCode Dump(Session session, IReadOnlyList<string> operands)
    {
        IEnumerable<StorePath> paths =
            operands.Count > 0
                ? operands.Select(operand => StoreOperand.Parse(session, operand))
                : session.Store.QueryAllValid();
        var text = new RegistrationText(session.Store.Directory);
        foreach (var path in paths)
            text.Write(session.Output, session.Store.RequireInfo(path));
        return ExitCode.Success;
    }

    public static ExitCode Load(
        Session session,
        IReadOnlyList<string> operands,
        LoadOptions options
    )
    {
        if (operands.Count > 0)
            throw UsageException.Because("nix-store", "no arguments expected");
        var store = session.Site.Store;
        var text = new RegistrationText(store.Directory);
        using var input = new StreamReader(Console.OpenStandardInput());
        var infos = new List<PathInfo>();
        while (text.Read(input, options.IsHashGiven) is { } info)
        {
            if (!options.RegistersAgain && store.IsValid(info.Path))
                continue;
            if (options.Canonicalises)
                CanonicalMetadata.Apply(store.RealPath(info.Path));
            infos.Add(options.IsHashGiven ? info : Measured(store, info));
        }

        store.Register(infos);
        return ExitCode.Success;
    }

    private static PathInfo Measured(LocalStore store, PathInfo info)
    {
        var nar = NarIdentity.OfPath(store.RealPath(info.Path));
        return info with { NarHash = nar.Hash, NarSize = nar.Size };
    }
}

/// <param name="RegistersAgain">Paths that are valid get what the input says as well.</param>
/// <param name="IsHashGiven">The input has hashes and sizes; otherwise the files are read for them.</param>
/// <param name="Canonicalises">Modes, owners and times are put right first.</param>
internal sealed record LoadOptions(bool RegistersAgain, bool IsHashGiven, bool Canonicalises)
{
    /// <summary>For what <c>--dump-db</c> printed.</summary>
    public static LoadOptions Database { get; } =
        new(RegistersAgain: true, IsHashGiven: true, Canonicalises: false);
}
