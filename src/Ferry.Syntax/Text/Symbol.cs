using System.Text;

namespace Ferry.Syntax.Text;

/// <summary>An interned name: within one <see cref="SymbolTable"/>, equal bytes are the same object.</summary>
public sealed class Symbol
{
    private readonly byte[] _bytes;

    internal Symbol(byte[] bytes, int id) => (_bytes, Id, Rank) = (bytes, id, id);

    /// <summary>Dense, counted from 0 in the order of first appearance.</summary>
    public int Id { get; }

    /// <summary>
    /// The place in the order of first appearance; the same as <see cref="Id"/> until <see cref="SymbolTable.RankAnew"/>.
    /// </summary>
    public int Rank { get; internal set; }

    public ReadOnlySpan<byte> Bytes => _bytes;

    public ReadOnlyMemory<byte> Memory => _bytes;

    public override string ToString() => Encoding.UTF8.GetString(_bytes);
}
