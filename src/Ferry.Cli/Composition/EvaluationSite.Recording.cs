using Ferry.Cli.Composition.Answers;
using Ferry.Cli.Composition.Files;
using Ferry.Evaluation.Ports;
using Ferry.EvaluationCache.Recording;

namespace Ferry.Cli.Composition;

/// <content>What an evaluation depends on, where its result may be used again.</content>
internal sealed partial class EvaluationSite
{
    /// <summary>Null when nobody asked for it before the first evaluation.</summary>
    public EvaluationRecording? Recording { get; private set; }

    /// <summary>A person wants to see how evaluation runs, so that it must run.</summary>
    public bool IsWatched => _watch.IsNeeded;

    /// <summary>Gathers from now on what evaluation depends on.</summary>
    /// <returns>Null when something was evaluated already that was not recorded.</returns>
    public EvaluationRecording? Record()
    {
        if (!_evaluator.IsValueCreated && !_mounts.IsValueCreated)
            Recording ??= new(_session.Site.Directory);
        return Recording;
    }

    private void MountStore()
    {
        var location = _session.Site.Location;
        if (!location.IsInPlace)
        {
            ISourceTree tree = new DiskTree(location.RealDirectory);
            _files.Mount(
                location.Directory.Path,
                Recording?.ObserveStore(tree, location.RealDirectory) ?? tree
            );
        }

        if (Recording is not { } recording)
            return;
        _files.ReplaceDisk(recording.ObserveDisk);
        _store.Value.Kept = recording.Readings.AddMade;
    }

    private IEvaluationStore ObservedStore() =>
        Recording is { } recording
            ? new RecordingStore(_store.Value, recording.Readings, recording.Sources, IsReadOnly)
            {
                IsPromised = _store.Value.IsPromised,
            }
            : _store.Value;

    private IEnvironment ObservedEnvironment()
    {
        var environment = new EvaluationEnvironment(_session, IsPure);
        return Recording is { } recording
            ? new RecordingEnvironment(environment, recording.Readings)
            : environment;
    }

    private ISourceFetcher ObservedFetcher()
    {
        var fetcher = new EvaluationFetcher(_session.Fetching.Fetcher, _store.Value, _mounts.Value);
        return Recording is { } recording
            ? new RecordingFetcher(fetcher, recording.Readings)
            : fetcher;
    }
}
