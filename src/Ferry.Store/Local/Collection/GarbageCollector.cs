using System.ComponentModel;
using System.Text;
using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;
using Ferry.Store.Local.Roots;

namespace Ferry.Store.Local.Collection;

/// <summary>Deletes what nothing needs, while others go on using the store.</summary>
/// <remarks>
/// Holds <c>gc.lock</c> alone. Whoever needs a path meanwhile says so through the socket: it and all that must live with it are then
/// live, and if it is being deleted, the answer waits until it is gone, so that the asker finds it missing. Paths that become valid
/// after the graph was read are not in it and are left alone. Source: the protocol of stock 2.34.8.
/// </remarks>
public sealed class GarbageCollector(LocalStore store, CollectionOptions options)
{
    private const string Links = ".links";
    private const string TemporaryPrefix = "tmp-";

    // A monitor, since threads of the socket wait for the end of a deletion.
    private readonly object _lock = new();
    private readonly HashSet<string> _protectedDigests = new(StringComparer.Ordinal);
    private StoreGraph? _graph;
    private string? _digestInDeletion;
    private long _count;
    private long _freedBytes;

    /// <summary>What lives and what does not, without deleting anything.</summary>
    public Liveness Examine() =>
        Locked(graph =>
        {
            options.Tell("determining live/dead paths...");
            return new Liveness([.. graph.Live], [.. graph.Dead]);
        });

    /// <summary>Deletes everything that is dead, and what lies in the store without being valid.</summary>
    /// <exception cref="StoreException">Something cannot be deleted.</exception>
    public CollectionResult Collect() =>
        Locked(graph =>
        {
            if (options.FreedBytesMax != 0)
            {
                options.Tell("deleting garbage...");
                _ = DeleteAll(graph.DeadInOrder()) && DeleteStray();
            }

            return Finish();
        });

    /// <summary>Deletes these paths alone.</summary>
    /// <param name="paths">What is not valid among them is deleted as well.</param>
    /// <exception cref="CollectionRefusedException">One of them is alive; those before it are gone.</exception>
    public CollectionResult Delete(IReadOnlyCollection<StorePath> paths) =>
        Locked(graph =>
        {
            foreach (var path in paths)
            {
                if (!IsDeletable(graph, path, paths))
                {
                    throw new CollectionRefusedException(
                        $"Cannot delete path '{store.Directory.Format(path)}' since it is still alive. To find out why, "
                            + "use: nix-store --query --roots and nix-store --query --referrers",
                        new CollectionResult(_count, _freedBytes, SavedBytes: null)
                    );
                }

                if (store.IsValid(path))
                    _ = DeleteAll(graph.DeadInOrder([path]));
                else
                    _ = DeleteFile(path.ToString(), path.Digest);
            }

            return Finish();
        });

    private bool IsDeletable(
        StoreGraph graph,
        StorePath path,
        IReadOnlyCollection<StorePath> listed
    )
    {
        var seen = new HashSet<StorePath> { path };
        var pending = new Stack<StorePath>(seen);
        while (pending.TryPop(out var at))
        {
            lock (_lock)
            {
                if (
                    !listed.Contains(at)
                    || _protectedDigests.Contains(at.Digest)
                    || (store.IsValid(at) && graph.IsLive(at))
                )
                    return false;
            }

            foreach (var referrer in graph.Referrers(at).Where(store.IsValid).Where(seen.Add))
                pending.Push(referrer);
        }

        return true;
    }

    private T Locked<T>(Func<StoreGraph, T> act)
    {
        using var held = FileLock.Open($"{store.StateDirectory}/gc.lock");
        if (!held.TryAcquire(FileLockKind.Exclusive))
        {
            options.Tell("waiting for the big garbage collector lock...");
            held.Acquire(FileLockKind.Exclusive);
        }

        using var socket = CollectorSocket.Listen(store.StateDirectory, Protect);
        options.Tell("finding garbage collector roots...");
        var finder = new RootFinder(store) { Tell = options.Tell };
        var roots = finder.Find();
        // After the roots: whatever was registered meanwhile is known, and what was made a root before is kept.
        var graph = new StoreGraph(store.ReadGraph(), options);
        lock (_lock)
        {
            foreach (var root in roots)
            {
                if (!options.IgnoresRoots || finder.TemporaryDigests.Contains(root.Path.Digest))
                    graph.Keep(root.Path);
            }

            _protectedDigests.UnionWith(finder.TemporaryDigests);
            foreach (var digest in _protectedDigests)
                graph.KeepDigest(digest);
            _graph = graph;
        }

        return act(graph);
    }

    // By another process's wish, on a thread of the socket.
    private void Protect(string text)
    {
        if (TryPath(text) is not { } path)
            return;
        lock (_lock)
        {
            _protectedDigests.Add(path.Digest);
            _graph?.KeepDigest(path.Digest);
            while (_digestInDeletion == path.Digest)
                Monitor.Wait(_lock);
        }
    }

    private StorePath? TryPath(string text)
    {
        try
        {
            return store.Directory.Split(text).Path;
        }
        catch (BadFormatException)
        {
            return null;
        }
    }

    /// <returns>False when enough is free.</returns>
    private bool DeleteAll(IReadOnlyList<StorePath> paths)
    {
        foreach (var path in paths)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            if (!Begin(path.Digest, () => !_graph!.IsLive(path)))
                continue;
            try
            {
                store.Invalidate(path);
                Remove(path.ToString());
            }
            finally
            {
                End();
            }

            if (IsEnough())
                return false;
        }

        return true;
    }

    // What a killed process left: no valid path, and nothing that a living one needs.
    private bool DeleteStray()
    {
        var valid = store
            .QueryAllValid()
            .Select(path => path.ToString())
            .ToHashSet(StringComparer.Ordinal);
        foreach (var name in DirectoryListing.Read(store.Location.RealDirectory))
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            var text = Encoding.UTF8.GetString(name);
            if (text == Links || valid.Contains(text))
                continue;
            if (!DeleteFile(text, StorePath.TryParse(text)?.Digest))
                return false;
        }

        return true;
    }

    /// <param name="name">In the store's directory; not valid when it was looked at.</param>
    /// <param name="digest">Null when the name is none of a path.</param>
    /// <returns>False when enough is free.</returns>
    private bool DeleteFile(string name, string? digest)
    {
        if (!Begin(digest, () => StorePath.TryParse(name) is not { } path || !store.IsValid(path)))
            return true;
        try
        {
            var real = $"{store.Location.RealDirectory}/{name}";
            if (!name.StartsWith(TemporaryPrefix, StringComparison.Ordinal))
                Remove(name);
            else if (Directory.Exists(real))
            {
                // Locked by whoever still uses it.
                using var held = FileLock.OpenDirectory(real);
                if (held.TryAcquire(FileLockKind.Exclusive))
                    Remove(name);
            }
        }
        finally
        {
            End();
        }

        return !IsEnough();
    }

    private bool Begin(string? digest, Func<bool> isDead)
    {
        lock (_lock)
        {
            if (digest is not null && _protectedDigests.Contains(digest))
                return false;
            if (!isDead())
                return false;
            _digestInDeletion = digest;
            return true;
        }
    }

    private void End()
    {
        lock (_lock)
        {
            _digestInDeletion = null;
            Monitor.PulseAll(_lock);
        }
    }

    private void Remove(string name)
    {
        var real = $"{store.Location.RealDirectory}/{name}";
        if (FileStatus.TryGet(real) is null)
            return;
        options.Tell($"deleting '{store.Directory.Path}/{name}'");
        try
        {
            _freedBytes += Trees.Remove(real);
            _count++;
        }
        catch (Win32Exception exception)
        {
            throw new StoreException(
                $"cannot delete '{store.Directory.Path}/{name}': {exception.Message}",
                exception
            );
        }
    }

    private bool IsEnough()
    {
        if (options.FreedBytesMax is not { } max || _freedBytes <= max)
            return false;
        options.Tell($"deleted more than {max} bytes; stopping");
        return true;
    }

    private CollectionResult Finish()
    {
        options.Tell("deleting unused links...");
        var links = UnusedLinks.Remove($"{store.Location.RealDirectory}/{Links}");
        _freedBytes += links.FreedBytes;
        return new CollectionResult(_count, _freedBytes, links.SavedBytes);
    }
}
