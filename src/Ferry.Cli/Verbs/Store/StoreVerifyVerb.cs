using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Progress;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Closures;
using Ferry.Store.FileTrees;

namespace Ferry.Cli.Verbs.Store;

/// <summary>Reads store paths and compares them with what was registered.</summary>
internal sealed class StoreVerifyVerb : Verb
{
    private readonly InstallableOptions _installables = new();
    private bool _checksAll;
    private bool _isRecursive;
    private bool _checksContents = true;

    public override string Path => "store verify";

    public override string Summary => "check the contents of store paths";

    public override string Operands => "INSTALLABLE...";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _installables.Declare(options, shared);
        options.Switch("--all", "every path of the store", () => _checksAll = true);
        options.Switch(
            "--recursive -r",
            "everything the paths refer to as well",
            () => _isRecursive = true
        );
        options.Switch("--no-contents", "do not read the contents", () => _checksContents = false);
        options.Switch(
            "--no-trust",
            "do not ask for signatures, which are not asked for yet",
            () => { }
        );
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var store = session.Store;
        IEnumerable<StorePath> paths = _checksAll
            ? store.QueryAllValid()
            : _installables.ExistingPaths(session, operands);
        if (_isRecursive)
            paths = store.Closure(paths, ClosureOptions.References);

        var bad = 0;
        foreach (var path in paths)
        {
            Interruption.Token.ThrowIfCancellationRequested();
            session.Note($"checking '{store.Directory.Format(path)}'...");
            if (_checksContents && Describe(store, path) is { } problem)
            {
                bad++;
                session.Note(ErrorText.Of(problem, session.UsesColour));
            }
        }

        return bad == 0 ? ExitCode.Success : (ExitCode)2;
    }

    /// <returns>Null when the path is as it was registered.</returns>
    public static string? Describe(IStore store, StorePath path)
    {
        var info = store.RequireInfo(path);
        var text = store.Directory.Format(path);
        if (!System.IO.Path.Exists(store.RealPath(path)))
            return $"path '{text}' is registered, but is not there";
        var found = NarIdentity.OfPath(store.RealPath(path));
        return found.Hash == info.NarHash
            ? null
            : $"path '{text}' was modified! expected hash '{info.NarHash.ToNix32WithKind()}', got '{found.Hash.ToNix32WithKind()}'";
    }
}
