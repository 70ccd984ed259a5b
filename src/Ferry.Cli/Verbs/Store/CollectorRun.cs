using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Progress;
using Ferry.Cli.Settings;
using Ferry.Formats.StorePaths;
using Ferry.Store.Local.Collection;

namespace Ferry.Cli.Verbs.Store;

/// <summary>The collector with what a person has set, and its sums in stock's words.</summary>
internal sealed class CollectorRun
{
    private long? _freedBytesMax;
    private bool _ignoresRoots;

    /// <param name="options">Of the command.</param>
    /// <param name="name">Of the option that limits what is freed.</param>
    public void DeclareLimit(OptionTable options, string name) =>
        options.Value(
            name,
            "BYTES",
            "stop after so many bytes are free; K, M, G and T are understood",
            text =>
                _freedBytesMax =
                    SettingStore.ParseNumber(text)
                    ?? throw UsageException.Because(
                        options.Program,
                        $"'{text}' is not a number of bytes"
                    )
        );

    public void DeclareLiveness(OptionTable options) =>
        options.Switch(
            "--ignore-liveness",
            "delete even what a root keeps, but nothing that others refer to",
            () => _ignoresRoots = true
        );

    public bool HasLimit => _freedBytesMax is not null;

    public ExitCode Collect(Session session) => Report(session, Collector(session).Collect);

    public ExitCode Delete(Session session, IReadOnlyCollection<StorePath> paths) =>
        Report(session, () => Collector(session).Delete(paths));

    public Liveness Examine(Session session) => Collector(session).Examine();

    /// <summary>Says how much there is to delete, and deletes nothing.</summary>
    public ExitCode Preview(Session session)
    {
        var count = Examine(session).Dead.Count;
        session.Note($"{count} store paths would be deleted");
        return ExitCode.Success;
    }

    private GarbageCollector Collector(Session session) =>
        new(
            session.Site.Store,
            new CollectionOptions
            {
                KeepsOutputs = session.Settings.Switch("keep-outputs"),
                KeepsDerivations = session.Settings.Switch("keep-derivations"),
                FreedBytesMax = _freedBytesMax,
                IgnoresRoots = _ignoresRoots,
                Tell = session.Note,
                CancellationToken = session.Interruption,
            }
        );

    private static ExitCode Report(Session session, Func<CollectionResult> run)
    {
        try
        {
            Print(session, run());
            return ExitCode.Success;
        }
        catch (CollectionRefusedException refusal)
        {
            session.Note(ErrorText.Of(refusal.Message, session.UsesColour));
            Print(session, refusal.Result);
            return ExitCode.Failure;
        }
    }

    private static void Print(Session session, CollectionResult result)
    {
        if (result.SavedBytes is { } saved)
            session.Note($"note: hard linking is currently saving {SizeText.Of(saved)}");
        session.Note(
            $"{result.Deleted} store paths deleted, {SizeText.Of(result.FreedBytes)} freed"
        );
    }
}
