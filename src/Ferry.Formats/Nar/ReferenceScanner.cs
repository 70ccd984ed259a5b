using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.Formats.Nar;

/// <summary>Finds which of many store paths a stream of bytes mentions, by the 32 characters of their digests.</summary>
/// <remarks>
/// A stream that writes are made to, so that it can stand beside a hasher. All candidates are looked for at once: a window of
/// 32 bytes jumps past the last byte in it that no digest can hold, so most binary data costs one look in 32 bytes.
/// Owned by one thread.
/// </remarks>
public sealed class ReferenceScanner : WriteOnlyStream
{
    private const int Window = StorePath.DigestTextLength;

    private static readonly bool[] s_isDigestByte = DigestBytes();

    // Candidates by the first eight bytes of their digests, nearly always one for each.
    private readonly Dictionary<ulong, List<Candidate>> _candidates = [];
    private readonly HashSet<StorePath> _found = [];

    // The end of what was written, joined with the start of what comes, for digests that lie across.
    private readonly byte[] _tail = new byte[2 * (Window - 1)];
    private int _tailLength;

    public ReferenceScanner(IEnumerable<StorePath> candidates)
    {
        foreach (var path in candidates)
        {
            var digest = Encoding.ASCII.GetBytes(path.Digest);
            var key = BinaryPrimitives.ReadUInt64LittleEndian(digest);
            if (!_candidates.TryGetValue(key, out var same))
                _candidates[key] = same = [];
            same.Add(new Candidate(digest, path));
        }
    }

    /// <summary>The candidates seen so far.</summary>
    public ImmutableSortedSet<StorePath> Found => [.. _found];

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var head = buffer[..Math.Min(buffer.Length, Window - 1)];
        head.CopyTo(_tail.AsSpan(_tailLength));
        Scan(_tail.AsSpan(0, _tailLength + head.Length));
        Scan(buffer);
        KeepTail(buffer, head.Length);
    }

    private void KeepTail(ReadOnlySpan<byte> buffer, int headLength)
    {
        if (buffer.Length >= Window - 1)
        {
            buffer[^(Window - 1)..].CopyTo(_tail);
            _tailLength = Window - 1;
            return;
        }
        // A short piece is in the tail already; drop what is too old.
        var joined = _tailLength + headLength;
        var keep = Math.Min(joined, Window - 1);
        _tail.AsSpan(joined - keep, keep).CopyTo(_tail);
        _tailLength = keep;
    }

    // Each byte is looked at once at most: what lies between the window's start and "known" may be part of a digest.
    private void Scan(ReadOnlySpan<byte> bytes)
    {
        var known = 0;
        for (var start = 0; start + Window <= bytes.Length; )
        {
            var end = start + Window;
            var last = end - 1;
            while (last >= known && s_isDigestByte[bytes[last]])
                last--;
            if (last >= known)
            {
                start = last + 1;
            }
            else
            {
                Look(bytes.Slice(start, Window));
                start++;
            }
            known = end;
        }
    }

    private void Look(ReadOnlySpan<byte> window)
    {
        var key = BinaryPrimitives.ReadUInt64LittleEndian(window);
        if (!_candidates.TryGetValue(key, out var same))
            return;
        foreach (var candidate in same)
        {
            if (window.SequenceEqual(candidate.Digest))
                _found.Add(candidate.Path);
        }
    }

    private static bool[] DigestBytes()
    {
        var table = new bool[256];
        foreach (var character in Nix32.Alphabet)
            table[character] = true;
        return table;
    }

    private readonly record struct Candidate(byte[] Digest, StorePath Path);
}
