using System.Collections.Concurrent;
using Ferry.Fetching.Caching;
using Ferry.Fetching.Downloads;
using Ferry.Fetching.FileTrees;
using Ferry.Fetching.Git;
using Ferry.Fetching.Inputs;
using Ferry.Fetching.Registries;
using Ferry.Fetching.Tarballs;
using Ferry.Formats;
using Ferry.Formats.Hashing;
using Ferry.Formats.Inputs;
using Ferry.Formats.StorePaths;
using Ferry.Store;

namespace Ferry.Fetching;

/// <summary>What a <see cref="Fetcher"/> is made of.</summary>
/// <param name="Settings">How to fetch.</param>
/// <param name="Paths">Computes store paths.</param>
/// <param name="Downloader">For everything over HTTP; belongs to the caller.</param>
public sealed record FetcherParts(
    FetchSettings Settings,
    StorePathFactory Paths,
    Downloader Downloader
)
{
    /// <summary>Where downloaded files are put, and where finished trees are looked for; null where there is no store.</summary>
    public Func<IStore>? Store { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Takes a warning, without the word.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>Takes a warning about how a source is at the moment, which is given whenever it is looked at.</summary>
    public Action<string> WarnOfState { get; init; } = _ => { };

    /// <summary>Takes what is going on, for a person who waits.</summary>
    public Action<string> Note { get; init; } = _ => { };

    public CancellationToken CancellationToken { get; init; }
}

/// <summary>Brings sources in. Each input is fetched once; what was found out is remembered for later runs.</summary>
/// <remarks>Any number of threads may use one; each fetches what it needs, at worst twice.</remarks>
public sealed class Fetcher : IDisposable
{
    private readonly ConcurrentDictionary<InputAttributes, FetchedTree> _fetched = new();
    private readonly ConcurrentDictionary<string, WorkingTree> _workingTrees = new();
    private readonly ConcurrentDictionary<string, bool> _dirty = new();
    private readonly ConcurrentDictionary<FetchedTree, Hash> _hashes = new(
        ReferenceEqualityComparer.Instance
    );

    public Fetcher(FetcherParts parts)
    {
        Parts = parts;
        Cache = new(parts.Settings, parts.Clock);
        Trees = new(parts.Settings.CacheFolder);
        Git = new(parts.Settings.Environment, parts.CancellationToken);
        Registries = new(this);
    }

    public FetchSettings Settings => Parts.Settings;

    public RegistrySet Registries { get; }

    internal FetcherParts Parts { get; }

    internal FetchCache Cache { get; }

    internal TreeCache Trees { get; }

    internal GitProgram Git { get; }

    internal IStore Store =>
        Parts.Store?.Invoke()
        ?? throw new FetchException("fetched files need a store, and this evaluation has none");

    /// <summary>Fetches an input and checks that it is what it says.</summary>
    /// <exception cref="FetchException">It cannot be fetched, or is something else.</exception>
    public FetchedTree Fetch(FetchInput input)
    {
        if (_fetched.TryGetValue(input.Attributes, out var known))
            return known;
        try
        {
            var fetched = FindInStore(input) ?? input.Scheme.Fetch(this, input);
            fetched = fetched with
            {
                Input = InputChecks.Reconcile(
                    input,
                    fetched.Input.With(FetchInput.FinalMark, true)
                ),
            };
            return _fetched.GetOrAdd(input.Attributes, fetched);
        }
        catch (FetchException failure)
            when (failure.AddTrace($"while fetching the input '{input}'"))
        {
            throw;
        }
        catch (Exception failure)
            when (failure
                    is BadFormatException
                        or DownloadException
                        or StoreException
                        or IOException
                        or UnauthorizedAccessException
                        or System.ComponentModel.Win32Exception
            )
        {
            var wrapped = new FetchException(failure.Message, failure);
            wrapped.AddTrace($"while fetching the input '{input}'");
            throw wrapped;
        }
    }

    /// <summary>Looks at a source on this machine, and no further than is asked.</summary>
    /// <returns>Null for everything else, and where there is none.</returns>
    public LiveTree? Look(FetchInput input) =>
        input.IsDirect ? input.Scheme.Look(this, input) : null;

    /// <summary>SHA-256 of a tree's NAR; read only when no earlier run knew it.</summary>
    public Hash NarHash(FetchedTree fetched) =>
        _hashes.GetOrAdd(
            fetched,
            tree =>
            {
                if (tree.Fingerprint is not { } fingerprint)
                    return TreeWalk.Identify(tree.Tree).Hash;
                var question = InputAttributes.Of(("fingerprint", fingerprint));
                if (Cache.Find("treeToNarHash", question) is { } answer)
                    return Hash.ParseSri(answer.Value.RequireText("narHash"));
                var hash = TreeWalk.Identify(tree.Tree).Hash;
                Cache.Remember(
                    "treeToNarHash",
                    question,
                    InputAttributes.Of(("narHash", hash.ToSri()))
                );
                return hash;
            }
        );

    /// <summary>What identifies the contents of an input that was fetched in this run; null where nothing does.</summary>
    public string? FingerprintOf(FetchInput fetched) =>
        fetched.Type == "path" && fetched.NarHash is { } hash
            ? $"path:{hash.ToSri()}"
            : _fetched
                .Values.FirstOrDefault(tree =>
                    tree.Input.Without("narHash").Equals(fetched.Without("narHash"))
                )
                ?.Fingerprint;

    /// <summary>Fetches one file into the store.</summary>
    /// <exception cref="DownloadException">It is not to be had.</exception>
    public DownloadedFile DownloadFile(FileRequest request) => FileDownload.Run(this, request);

    /// <summary>Fetches a file or an archive into the store, and says its hash.</summary>
    /// <exception cref="DownloadException">It is not to be had.</exception>
    /// <exception cref="FetchException">It has no name, another hash, or is no archive.</exception>
    public PrefetchedFile Prefetch(PrefetchRequest request) => FilePrefetch.Run(this, request);

    /// <summary>Writes a file into a source that lies on this machine.</summary>
    /// <exception cref="FetchException">The source cannot be changed.</exception>
    public void Write(FetchInput input, SourceFile file)
    {
        input.Scheme.Write(this, input, file);
        Forget();
    }

    /// <summary>Where a source can be changed on this machine; null where it cannot.</summary>
    public static string? SourceFolder(FetchInput input) => input.Scheme.SourceFolder(input);

    /// <summary>Makes a folder of this machine that holds a source and can be worked on.</summary>
    /// <exception cref="FetchException">The folder is there already, or the source is not to be had.</exception>
    public void Clone(FetchInput input, string folder) => input.Scheme.Clone(this, input, folder);

    /// <summary>Looks at every source again.</summary>
    public void Forget()
    {
        _fetched.Clear();
        _workingTrees.Clear();
        _dirty.Clear();
    }

    /// <summary>What a working tree of git is like; looked at once.</summary>
    internal WorkingTree WorkingTreeAt(string folder) =>
        _workingTrees.GetOrAdd(
            folder,
            static (place, owner) =>
                new WorkingTreeScan(owner, place).Run()
                ?? WorkingTree.Read(new GitRepository(owner, place, isBare: false)),
            this
        );

    /// <summary>Warns of a working tree with changes, once.</summary>
    internal void WarnOfDirtyTree(string folder)
    {
        if (Settings.WarnsOfDirtyTrees && _dirty.TryAdd(folder, true))
            Parts.WarnOfState($"Git tree '{folder}' is dirty");
    }

    public void Dispose() => Cache.Dispose();

    // What a lock file describes completely may be in the store already, whatever the network says.
    private FetchedTree? FindInStore(FetchInput input)
    {
        if (!input.IsFinal || input.NarHash is not { } hash)
            return null;
        var path = input.StorePath(Parts.Paths);
        if (Parts.Store is { } store && store().IsValid(path))
        {
            store().AddTemporaryRoot(path);
            return new(input, new DiskFileTree(store().RealPath(path)))
            {
                Fingerprint = hash.ToSri(),
            };
        }

        return Trees.Find(hash) is { } cached
            ? new(input, cached) { Fingerprint = hash.ToSri() }
            : null;
    }
}
