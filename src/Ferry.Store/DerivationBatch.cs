using Ferry.Formats.ATerm;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;

namespace Ferry.Store;

/// <summary>Derivations on their way into a store, which are written and registered many at a time.</summary>
/// <remarks>
/// What was added is in the store after <see cref="Flush"/> and not before, except that a full batch goes by itself; the owner
/// flushes before anybody looks. A process that is killed leaves nothing of a batch. Any number of threads may use one.
/// </remarks>
/// <param name="store">Opened at the first flush.</param>
public sealed class DerivationBatch(Func<IStore> store)
{
    // Each holds a lock file open while it is written, and a process may have 1,024 open files.
    private const int CountMax = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<StorePath, Derivation> _pending = [];

    public StorePath Add(Derivation derivation)
    {
        var path = DerivationWriter.PathOf(derivation, store().Paths);
        lock (_gate)
        {
            if (_pending.TryAdd(path, derivation) && _pending.Count >= CountMax)
                Write();
        }

        return path;
    }

    public bool Contains(StorePath path)
    {
        lock (_gate)
            return _pending.ContainsKey(path);
    }

    /// <exception cref="StoreException">One cannot be written; what was pending is still pending.</exception>
    public void Flush()
    {
        lock (_gate)
        {
            if (_pending.Count > 0)
                Write();
        }
    }

    private void Write()
    {
        store().AddDerivations(_pending);
        _pending.Clear();
    }
}
