using System.Text;

namespace Ferry.Cli.Composition.Answers;

/// <summary>How results of one kind are kept.</summary>
/// <typeparam name="T">Of the results.</typeparam>
/// <param name="Write">Into the cache.</param>
/// <param name="Read">The same again.</param>
internal sealed record AnswerForm<T>(Action<BinaryWriter, T> Write, Func<BinaryReader, T> Read)
{
    public ReadOnlyMemory<byte> ToBytes(T answer)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8))
            Write(writer, answer);
        return bytes.ToArray();
    }

    public T FromBytes(ReadOnlyMemory<byte> bytes)
    {
        using var stream = new MemoryStream(bytes.ToArray());
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        return Read(reader);
    }
}

/// <summary>Forms of the results that commands ask for.</summary>
internal static class AnswerForms
{
    public static AnswerForm<ReadOnlyMemory<byte>> Bytes { get; } =
        new(
            (writer, bytes) =>
            {
                writer.Write(bytes.Length);
                writer.Write(bytes.Span);
            },
            reader => reader.ReadBytes(reader.ReadInt32())
        );

    public static AnswerForm<string> Text { get; } =
        new((writer, text) => writer.Write(text), reader => reader.ReadString());

    /// <summary>Nothing, or a result.</summary>
    public static AnswerForm<T?> Optional<T>(AnswerForm<T> form)
        where T : class =>
        new(
            (writer, answer) =>
            {
                writer.Write(answer is not null);
                if (answer is not null)
                    form.Write(writer, answer);
            },
            reader => reader.ReadBoolean() ? form.Read(reader) : null
        );

    public static AnswerForm<IReadOnlyList<T>> List<T>(AnswerForm<T> form) =>
        new(
            (writer, answers) =>
            {
                writer.Write(answers.Count);
                foreach (var answer in answers)
                    form.Write(writer, answer);
            },
            reader =>
            {
                var answers = new T[reader.ReadInt32()];
                for (var index = 0; index < answers.Length; index++)
                    answers[index] = form.Read(reader);
                return answers;
            }
        );
}
