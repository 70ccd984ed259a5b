using System.Text;
using Ferry.Evaluation.Ports;
using Ferry.EvaluationCache.Readings;
using Ferry.Formats;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.EvaluationCache.Records;

/// <summary>Records as bytes: docs/formats/evaluation-cache.md.</summary>
internal static class RecordFormat
{
    private const int DigestLength = 32;

    // Of anything that is counted: a damaged count must not make the reader ask for all memory.
    private const int CountMax = 1 << 24;

    private static ReadOnlySpan<byte> Magic => "ferry-evaluation-1\n"u8;

    public static byte[] Write(IReadOnlyList<EvaluationRecord> records)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Magic);
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            WriteAll(writer, records, Write);
        }

        Span<byte> digest = stackalloc byte[DigestLength];
        Hash.Compute(HashKind.Sha256, bytes.GetBuffer().AsSpan(0, (int)bytes.Length), digest);
        bytes.Write(digest);
        return bytes.ToArray();
    }

    /// <exception cref="BadFormatException">The bytes are no such file, or a damaged one.</exception>
    public static IReadOnlyList<EvaluationRecord> Read(byte[] bytes)
    {
        var length = bytes.Length - DigestLength;
        if (length < Magic.Length || !bytes.AsSpan().StartsWith(Magic))
            throw new BadFormatException("not a file of the evaluation cache");
        Span<byte> digest = stackalloc byte[DigestLength];
        Hash.Compute(HashKind.Sha256, bytes.AsSpan(0, length), digest);
        if (!digest.SequenceEqual(bytes.AsSpan(length)))
            throw new BadFormatException("a damaged file of the evaluation cache");
        using var stream = new MemoryStream(bytes, Magic.Length, length - Magic.Length);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        return ReadAll(reader, ReadRecord);
    }

    private static void Write(BinaryWriter writer, EvaluationRecord record)
    {
        WriteAll(writer, record.Variables, Write);
        WriteAll(writer, record.Sources, Write);
        WriteAll(
            writer,
            record.Objects,
            (to, item) =>
            {
                to.Write(item.Path.ToString());
                to.Write(item.IsValid);
            }
        );
        WriteAll(writer, record.Settings, Write);
        WriteAll(writer, record.Messages, (to, message) => to.Write(message));
        writer.Write(record.Answer.Length);
        writer.Write(record.Answer.Span);
    }

    private static EvaluationRecord ReadRecord(BinaryReader reader)
    {
        var variables = ReadAll(reader, ReadValue);
        var sources = ReadAll(reader, ReadSource);
        var objects = ReadAll(
            reader,
            from => new ObjectRecord(StorePath.Parse(from.ReadString()), from.ReadBoolean())
        );
        var settings = ReadAll(reader, ReadValue);
        var messages = ReadAll(reader, from => from.ReadString());
        return new(reader.ReadBytes(ReadCount(reader)))
        {
            Variables = variables,
            Sources = sources,
            Objects = objects,
            Settings = settings,
            Messages = messages,
        };
    }

    private static void Write(BinaryWriter writer, NamedValue value)
    {
        writer.Write(value.Name);
        WriteOptional(writer, value.Value);
    }

    private static NamedValue ReadValue(BinaryReader reader) =>
        new(reader.ReadString(), ReadOptional(reader));

    private static void Write(BinaryWriter writer, SourceRecord source)
    {
        writer.Write(source.Name);
        WriteAll(writer, source.Attributes, Write);
        WriteAll(writer, source.Paths, Write);
    }

    private static SourceRecord ReadSource(BinaryReader reader)
    {
        var name = reader.ReadString();
        var attributes = ReadAll(reader, ReadValue);
        return new(name, ReadAll(reader, ReadPath), attributes);
    }

    // The kind is 0 where nobody asked and 1 where nothing was there.
    private static void Write(BinaryWriter writer, PathReading reading)
    {
        writer.Write(reading.Path);
        writer.Write(
            reading.Presence is not { } presence ? (byte)0
            : presence.Kind is { } kind ? (byte)(2 + kind)
            : (byte)1
        );
        WriteDigest(writer, reading.Contents);
        writer.Write(reading.Stamp is not null);
        if (reading.Stamp is { } stamp)
            Write(writer, stamp);
        WriteDigest(writer, reading.Entries);
        WriteOptional(writer, reading.Target);
    }

    private static PathReading ReadPath(BinaryReader reader)
    {
        var path = reader.ReadString();
        var kind = reader.ReadByte();
        return new(path)
        {
            Presence =
                kind == 0 ? null : new Presence(kind == 1 ? null : (SourceFileKind)(kind - 2)),
            Contents = ReadDigest(reader),
            Stamp = reader.ReadBoolean() ? ReadStamp(reader) : null,
            Entries = ReadDigest(reader),
            Target = ReadOptional(reader),
        };
    }

    private static void Write(BinaryWriter writer, FileStamp stamp)
    {
        writer.Write(stamp.ModifiedSeconds);
        writer.Write(stamp.ModifiedNanoseconds);
        writer.Write(stamp.ChangedSeconds);
        writer.Write(stamp.ChangedNanoseconds);
        writer.Write(stamp.SizeBytes);
        writer.Write(stamp.Inode);
        writer.Write(stamp.Device);
    }

    private static FileStamp ReadStamp(BinaryReader reader) =>
        new(
            reader.ReadInt64(),
            reader.ReadInt32(),
            reader.ReadInt64(),
            reader.ReadInt32(),
            reader.ReadInt64(),
            reader.ReadUInt64(),
            reader.ReadUInt64()
        );

    private static void WriteDigest(BinaryWriter writer, Hash? hash)
    {
        writer.Write(hash is not null);
        if (hash is not null)
            writer.Write(hash.Digest);
    }

    private static Hash? ReadDigest(BinaryReader reader) =>
        reader.ReadBoolean() ? new Hash(HashKind.Sha256, reader.ReadBytes(DigestLength)) : null;

    private static void WriteOptional(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
            writer.Write(text);
    }

    private static string? ReadOptional(BinaryReader reader) =>
        reader.ReadBoolean() ? reader.ReadString() : null;

    private static void WriteAll<T>(
        BinaryWriter writer,
        IReadOnlyList<T> items,
        Action<BinaryWriter, T> write
    )
    {
        writer.Write(items.Count);
        foreach (var item in items)
            write(writer, item);
    }

    private static List<T> ReadAll<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var count = ReadCount(reader);
        var items = new List<T>(Math.Min(count, 1024));
        while (items.Count < count)
            items.Add(read(reader));
        return items;
    }

    private static int ReadCount(BinaryReader reader) =>
        reader.ReadInt32() is >= 0 and <= CountMax and var count
            ? count
            : throw new BadFormatException("a count in the evaluation cache is out of range");
}
