using System.Runtime.InteropServices;
using System.Text;

namespace Ferry.Syntax.Text;

/// <summary>Gives each name one <see cref="Symbol"/>. Safe for any number of threads; readers never wait.</summary>
/// <remarks>Symbols are never dropped: a table lives as long as the programs that were read with it.</remarks>
public sealed class SymbolTable
{
    private const int InitialSlots = 1 << 12;
    private const int Unranked = int.MaxValue;

    private readonly Lock _growth = new();

    // Open addressing, at most half full. A slot is written once; a larger array replaces the whole.
    private Slot[] _slots = new Slot[InitialSlots];

    private Symbol[] _byId = new Symbol[InitialSlots / 2];

    private int _count;

    // 0 while ranks are ids.
    private int _nextRank;

    public SymbolTable() => Operators = new Parsing.OperatorSymbols(this);

    internal Parsing.OperatorSymbols Operators { get; }

    public int Count => Volatile.Read(ref _count);

    /// <exception cref="ArgumentOutOfRangeException">No symbol has this id.</exception>
    public Symbol this[int id]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, Count);
            return Volatile.Read(ref _byId)[id];
        }
    }

    public Symbol Intern(string name) => Intern(Encoding.UTF8.GetBytes(name));

    /// <summary>Copies the bytes when the name is new, and not otherwise.</summary>
    public Symbol Intern(ReadOnlySpan<byte> name)
    {
        var hash = HashOf(name);
        var symbol = Find(Volatile.Read(ref _slots), name, hash) ?? Add(name, hash);
        if (symbol.Rank == Unranked)
            Rank(symbol);
        return symbol;
    }

    /// <summary>True when the ranks of symbols differ from their ids.</summary>
    public bool HasRanks => Volatile.Read(ref _nextRank) != 0;

    /// <summary>Forgets in which order the symbols from an id on appeared; they get ranks as they appear from now on.</summary>
    public void RankAnew(int firstId)
    {
        lock (_growth)
        {
            for (var id = firstId; id < _count; id++)
                _byId[id].Rank = Unranked;
            Volatile.Write(ref _nextRank, firstId);
        }
    }

    private void Rank(Symbol symbol)
    {
        lock (_growth)
        {
            if (symbol.Rank == Unranked)
                symbol.Rank = _nextRank++;
        }
    }

    private static Symbol? Find(Slot[] slots, ReadOnlySpan<byte> name, uint hash)
    {
        var mask = slots.Length - 1;
        for (var index = (int)hash & mask; ; index = (index + 1) & mask)
        {
            ref var slot = ref slots[index];
            var symbol = Volatile.Read(ref slot.Symbol);
            if (symbol is null)
                return null;
            if (slot.Hash == hash && symbol.Bytes.SequenceEqual(name))
                return symbol;
        }
    }

    private Symbol Add(ReadOnlySpan<byte> name, uint hash)
    {
        lock (_growth)
        {
            // Another thread may have been faster.
            if (Find(_slots, name, hash) is { } existing)
                return existing;

            if (_count == _byId.Length)
                Grow();

            var symbol = new Symbol(name.ToArray(), _count);
            if (_nextRank != 0)
                symbol.Rank = _nextRank++;
            _byId[_count] = symbol;
            Volatile.Write(ref _count, _count + 1);
            Insert(_slots, symbol, hash);
            return symbol;
        }
    }

    private void Grow()
    {
        var byId = new Symbol[_byId.Length * 2];
        _byId.CopyTo(byId, 0);
        Volatile.Write(ref _byId, byId);

        var slots = new Slot[_slots.Length * 2];
        foreach (var slot in _slots)
        {
            if (slot.Symbol is not null)
                Insert(slots, slot.Symbol, slot.Hash);
        }

        Volatile.Write(ref _slots, slots);
    }

    private static void Insert(Slot[] slots, Symbol symbol, uint hash)
    {
        var mask = slots.Length - 1;
        var index = (int)hash & mask;
        while (slots[index].Symbol is not null)
            index = (index + 1) & mask;

        // The hash first: whoever sees the symbol must see it, too.
        slots[index].Hash = hash;
        Volatile.Write(ref slots[index].Symbol, symbol);
    }

    // Eight bytes a step; names are short, so the last step's mixing decides the quality.
    private static uint HashOf(ReadOnlySpan<byte> name)
    {
        const ulong multiplier = 0x9E37_79B9_7F4A_7C15;
        var hash = (ulong)name.Length * multiplier;
        while (name.Length >= sizeof(ulong))
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(name)) * multiplier;
            hash ^= hash >> 32;
            name = name[sizeof(ulong)..];
        }

        ulong tail = 0;
        foreach (var value in name)
            tail = (tail << 8) | value;

        hash = (hash ^ tail) * multiplier;
        return (uint)(hash >> 32) ^ (uint)hash;
    }

    /// <summary>The hash lies beside the reference, so that a wrong slot is passed without following it.</summary>
    private struct Slot
    {
        public Symbol? Symbol;
        public uint Hash;
    }
}
