using Ferry.Cli.Composition.Files;
using Ferry.EvaluationCache.Readings;
using Ferry.EvaluationCache.Recording;
using Ferry.Fetching;
using Ferry.Fetching.Inputs;
using Ferry.Formats.StorePaths;

namespace Ferry.Cli.Composition.Answers;

/// <summary>What one evaluation depends on, gathered while it runs.</summary>
/// <param name="directory">Of the store.</param>
internal sealed class EvaluationRecording(StoreDirectory directory)
{
    public EvaluationReadings Readings { get; } = new(TimeProvider.System);

    public MountedSources Sources { get; } = new(directory);

    /// <summary>This machine's own files; objects of a store that lies in its place do not change.</summary>
    public ISourceTree ObserveDisk(ISourceTree disk)
    {
        var store = directory.Path + "/";
        return new ObservedTree(disk, Readings.Source(LiveSources.Disk), "")
        {
            Given = directory.Path,
            IsFixed = path =>
                path.StartsWith(store, StringComparison.Ordinal)
                && path.IndexOf('/', store.Length) > 0,
        };
    }

    /// <summary>A store that lies elsewhere than it should.</summary>
    public ISourceTree ObserveStore(ISourceTree tree, string folder) =>
        new ObservedTree(tree, Readings.Source(LiveSources.Folder(folder)), folder)
        {
            Given = "",
            IsFixed = static path => path.LastIndexOf('/') > 0,
        };

    /// <summary>A fetched tree that appears among the files of the evaluation.</summary>
    /// <param name="fetcher">Knows sources as they are.</param>
    /// <param name="fetched">The tree.</param>
    /// <param name="asked">What was asked for.</param>
    /// <param name="place">Where it appears, and what it is.</param>
    /// <param name="tree">How it is to appear.</param>
    public ISourceTree Observe(
        Fetcher fetcher,
        FetchedTree fetched,
        FetchInput asked,
        MountedSource place,
        ISourceTree tree
    )
    {
        if (!fetched.IsLive)
        {
            // A server may give another one next time.
            if (!asked.IsLocked(fetcher.Settings))
                Readings.Spoil();
            return tree;
        }

        if (fetcher.Look(asked) is not { } live || !ReferenceEquals(live.Fetch(), fetched))
        {
            // Made of several repositories, or found through a registry.
            Readings.Spoil();
            return tree;
        }

        var readings = Readings.Source(LiveSources.NameOf(asked));
        Sources.Add(
            place.Path,
            readings,
            name => LiveSources.Attribute(place.Input.Attributes, name)
        );
        return new ObservedTree(tree, readings, live.Folder);
    }
}
