using System.Buffers;
using System.Buffers.Binary;

namespace Ferry.Formats.Nar;

/// <summary>Writes a file tree as NAR. One tree a writer; owned by one thread.</summary>
/// <remarks>
/// Grammar: docs/formats/nar.md. Small pieces are gathered, so the output need not be buffered;
/// call <see cref="Complete"/> at the end.
/// </remarks>
public sealed class NarWriter : INarTarget
{
    private const int BufferLength = 64 * 1024;

    private readonly Stream _output;

    // Given back at the end: thousands of small trees are hashed in one evaluation.
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferLength);

    // The last name of each open directory, to see that names come in order.
    private readonly Stack<byte[]> _lastNames = new();
    private int _buffered;
    private long _fileRemaining;
    private int _filePadding;

    public NarWriter(Stream output)
    {
        _output = output;
        Token("nix-archive-1"u8);
    }

    /// <summary>Writes one regular file as a whole archive.</summary>
    public static void WriteFile(Stream output, ReadOnlySpan<byte> contents, bool isExecutable)
    {
        var writer = new NarWriter(output);
        writer.BeginFile(isExecutable, contents.Length);
        writer.FileContents(contents);
        writer.EndFile();
        writer.Complete();
    }

    /// <summary>Hands everything to the output, which stays open.</summary>
    public void Complete()
    {
        Flush();
        _output.Flush();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    public void BeginDirectory()
    {
        if (_lastNames.Count >= NarLimits.DepthMax)
            throw new BadFormatException(
                $"file tree exceeds maximum NAR directory depth of {NarLimits.DepthMax}"
            );
        _lastNames.Push([]);
        Token("("u8);
        Token("type"u8);
        Token("directory"u8);
    }

    public void BeginEntry(ReadOnlySpan<byte> name)
    {
        if (!NarLimits.IsGoodName(name))
            throw new BadFormatException(
                $"file name '{new ByteString(name)}' cannot be put into a NAR"
            );
        if (name.SequenceCompareTo(_lastNames.Pop()) <= 0)
            throw new BadFormatException("NAR directory is not sorted");
        _lastNames.Push(name.ToArray());
        Token("entry"u8);
        Token("("u8);
        Token("name"u8);
        Token(name);
        Token("node"u8);
    }

    public void EndEntry() => Token(")"u8);

    public void EndDirectory()
    {
        _lastNames.Pop();
        Token(")"u8);
    }

    public void SymbolicLink(ReadOnlySpan<byte> target)
    {
        RequireDepth();
        Token("("u8);
        Token("type"u8);
        Token("symlink"u8);
        Token("target"u8);
        Token(target);
        Token(")"u8);
    }

    public void BeginFile(bool isExecutable, long size)
    {
        RequireDepth();
        Token("("u8);
        Token("type"u8);
        Token("regular"u8);
        if (isExecutable)
        {
            Token("executable"u8);
            Token(""u8);
        }
        Token("contents"u8);
        Integer(size);
        _fileRemaining = size;
        _filePadding = Padding(size);
    }

    public void FileContents(ReadOnlySpan<byte> bytes)
    {
        _fileRemaining -= bytes.Length;
        if (_fileRemaining < 0)
            throw new BadFormatException("file has grown while it was being archived");
        Write(bytes);
    }

    public void EndFile()
    {
        if (_fileRemaining != 0)
            throw new BadFormatException("file has shrunk while it was being archived");
        Write(stackalloc byte[_filePadding]);
        Token(")"u8);
    }

    internal static int Padding(long length) => (int)(-length & 7);

    // Stock counts the files in a directory as one level more, and so refuses them at the limit.
    private void RequireDepth()
    {
        if (_lastNames.Count >= NarLimits.DepthMax)
            throw new BadFormatException(
                $"file tree exceeds maximum NAR directory depth of {NarLimits.DepthMax}"
            );
    }

    private void Token(ReadOnlySpan<byte> text)
    {
        Integer(text.Length);
        Write(text);
        Write(stackalloc byte[Padding(text.Length)]);
    }

    private void Integer(long value)
    {
        if (BufferLength - _buffered < sizeof(long))
            Flush();
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_buffered), value);
        _buffered += sizeof(long);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BufferLength - _buffered)
            Flush();
        if (bytes.Length > BufferLength)
        {
            _output.Write(bytes);
            return;
        }
        bytes.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += bytes.Length;
    }

    private void Flush()
    {
        _output.Write(_buffer, 0, _buffered);
        _buffered = 0;
    }
}
