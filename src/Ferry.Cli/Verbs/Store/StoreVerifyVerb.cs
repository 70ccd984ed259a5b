using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Progress;
using Ferry.Formats;
using Ferry.Formats.Signatures;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Closures;
using Ferry.Store.FileTrees;

namespace Ferry.Cli.Verbs.Store;

/// <summary>Reads store paths, compares them with what was registered, and checks who answers for them.</summary>
internal sealed class StoreVerifyVerb : Verb
{
    private const int Corrupt = 1;
    private const int Untrusted = 2;
    private const int Unreadable = 4;

    private readonly StorePathOptions _paths = new();
    private bool _checksContents = true;
    private bool _checksTrust = true;
    private int _signaturesNeeded;

    public override string Path => "store verify";

    public override string Summary => "check the contents and signatures of store paths";

    public override string Operands => "INSTALLABLE...";

    public override InstallableOptions Installables => _paths.Installables;

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _paths.Declare(options, shared);
        options.Switch("--no-contents", "do not read the contents", () => _checksContents = false);
        options.Switch("--no-trust", "do not ask for signatures", () => _checksTrust = false);
        options.Number(
            "--sigs-needed -n",
            "N",
            "how many trusted signatures a path must have, even one that was built here",
            number => _signaturesNeeded = number
        );
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var keys = session.Settings.Words("trusted-public-keys").Select(PublicKey.Parse).ToList();
        var code = 0;
        foreach (var path in _paths.Find(session, operands))
        {
            session.Interruption.ThrowIfCancellationRequested();
            try
            {
                code |= Verify(session, keys, path);
            }
            catch (Exception failure) when (failure is StoreException or BadFormatException)
            {
                session.Note(ErrorText.Of(failure.Message, session.UsesColour));
                code |= Unreadable;
            }
        }

        return (ExitCode)code;
    }

    /// <returns>Null when the contents are as they were registered.</returns>
    public static string? Describe(IStore store, PathInfo info)
    {
        var text = store.Directory.Format(info.Path);
        if (!System.IO.Path.Exists(store.RealPath(info.Path)))
            return $"path '{text}' is registered, but is not there";
        var found = NarIdentity.OfPath(store.RealPath(info.Path));
        return found.Hash == info.NarHash
            ? null
            : $"path '{text}' was modified! expected hash '{info.NarHash.ToNix32WithKind()}', got '{found.Hash.ToNix32WithKind()}'";
    }

    private int Verify(Session session, IReadOnlyList<PublicKey> keys, StorePath path)
    {
        var info = session.Store.RequireInfo(path);
        var text = session.Store.Directory.Format(path);
        var code = 0;
        session.Note($"checking '{text}'...");
        if (_checksContents && Describe(session.Store, info) is { } problem)
        {
            session.Note(problem);
            code |= Corrupt;
        }

        if (_checksTrust && !IsTrusted(session.Store.Directory, keys, info))
        {
            session.Note($"path '{text}' is untrusted");
            code |= Untrusted;
        }

        return code;
    }

    // What was built here and what its own path proves needs nobody else's word.
    private bool IsTrusted(StoreDirectory directory, IReadOnlyList<PublicKey> keys, PathInfo info)
    {
        if ((info.IsUltimate && _signaturesNeeded == 0) || info.ContentAddress is not null)
            return true;
        var valid = info.Signatures.Count(text =>
        {
            var signature = Signature.Parse(text);
            var signed = Fingerprint.Of(
                directory,
                info.Path,
                info.NarHash,
                info.NarSize,
                info.References
            );
            return keys.Any(key => key.Verifies(signed, signature));
        });
        return valid >= Math.Max(1, _signaturesNeeded);
    }
}
