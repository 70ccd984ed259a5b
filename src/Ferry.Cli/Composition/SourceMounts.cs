using System.Collections.Concurrent;
using Ferry.Cli.Composition.Answers;
using Ferry.Cli.Composition.Files;
using Ferry.Fetching;
using Ferry.Fetching.FileTrees;
using Ferry.Fetching.Inputs;
using Ferry.Formats.StorePaths;
using Ferry.Store;

namespace Ferry.Cli.Composition;

/// <summary>Fetched trees among the files of an evaluation. Nothing is copied until something that is kept refers to it.</summary>
/// <param name="fetcher">Knows the hashes of trees.</param>
/// <param name="store">Copies a tree when it must.</param>
/// <param name="files">Where trees appear.</param>
/// <param name="recording">Takes what is read of trees that can change; null where nobody wants to know.</param>
internal sealed class SourceMounts(
    Fetcher fetcher,
    EvaluationStore store,
    SourceFiles files,
    EvaluationRecording? recording
) : ITreeMounts
{
    private readonly ConcurrentDictionary<StorePath, bool> _mounted = new();

    public MountedSource Mount(FetchedTree fetched, FetchInput asked)
    {
        var hash = fetcher.NarHash(fetched);
        if (asked.NarHash is { } expected && expected != hash)
            throw InputChecks.HashMismatch(asked, expected.ToSri(), hash.ToSri());
        var input = fetched.Input.WithNarHash(hash);
        var path = store.Paths.FixedOutput(
            input.Name,
            new ContentAddress(ContentAddressMethod.Recursive, hash)
        );
        store.Allow(path);
        var place = new MountedSource(path, input);
        ISourceTree tree = new FetchedSourceTree(fetched.Tree, TitleOf(fetched));
        if (recording is not null)
            tree = recording.Observe(fetcher, fetched, asked, place, tree);
        if (_mounted.TryAdd(path, true))
        {
            store.Promise(
                path,
                new TreeToAdd(input.Name, target => TreeWalk.Write(fetched.Tree, target))
            );
            files.Mount(store.Directory.Format(path), tree);
        }

        return place;
    }

    // A working tree is shown where it is, another folder of this machine as the store path that it has, and everything
    // else by where it came from.
    private static string? TitleOf(FetchedTree fetched) =>
        fetched.Tree.Folder is { } folder ? folder
        : fetched.Tree is DiskFileTree ? null
        : $"«{fetched.Input.Without("narHash")}»";
}
