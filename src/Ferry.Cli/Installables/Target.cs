using System.Collections.Immutable;
using Ferry.Cli.Composition.Answers;
using Ferry.Formats;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Building;

namespace Ferry.Cli.Installables;

/// <summary>One thing to build or to look at, with what evaluation knows about it.</summary>
/// <param name="Path">What to make valid.</param>
internal sealed record Target(DerivedPath Path)
{
    /// <summary>The program that <c>run</c> starts, inside the main output; null where nothing was evaluated.</summary>
    public string? MainProgram { get; init; }

    /// <summary>The output that the package's own path means: its first one. Null where nothing was evaluated.</summary>
    public ByteString? MainOutput { get; init; }

    /// <summary>The derivation's own name for messages.</summary>
    public string? Name { get; init; }

    /// <summary>How it is kept between commands.</summary>
    public static AnswerForm<Target> Form { get; } =
        new(
            (writer, target) =>
            {
                WritePath(writer, target.Path);
                AnswerForms.Optional(AnswerForms.Text).Write(writer, target.MainProgram);
                AnswerForms.Optional(AnswerForms.Text).Write(writer, target.MainOutput?.ToString());
                AnswerForms.Optional(AnswerForms.Text).Write(writer, target.Name);
            },
            reader =>
                new(ReadPath(reader))
                {
                    MainProgram = AnswerForms.Optional(AnswerForms.Text).Read(reader),
                    MainOutput = ToBytes(AnswerForms.Optional(AnswerForms.Text).Read(reader)),
                    Name = AnswerForms.Optional(AnswerForms.Text).Read(reader),
                }
        );

    /// <summary>Paths of the wanted outputs, known from the derivation.</summary>
    public SortedMap<ByteString, StorePath> OutputPaths(IStore store)
    {
        if (Path is not DerivedPath.Built built)
            return SortedMap<ByteString, StorePath>.Empty;
        var derivation = store.ReadDerivation(built.Derivation);
        return SortedMap<ByteString, StorePath>.From(
            derivation.KnownOutputPaths(store.Paths).Where(output => built.Wants(output.Key))
        );
    }

    public static Target Built(
        StorePath derivation,
        ImmutableSortedSet<ByteString>? outputs,
        string? name = null,
        string? mainProgram = null
    ) => new(new DerivedPath.Built(derivation, outputs)) { Name = name, MainProgram = mainProgram };

    private static ByteString? ToBytes(string? text) =>
        text is null ? default(ByteString?) : ByteString.FromString(text);

    private static void WritePath(BinaryWriter writer, DerivedPath path)
    {
        var built = path as DerivedPath.Built;
        writer.Write(built is not null);
        writer.Write((built?.Derivation ?? ((DerivedPath.Opaque)path).Path).ToString());
        if (built is null)
            return;
        // Minus one means all of them.
        writer.Write(built.OutputNames?.Count ?? -1);
        foreach (var name in built.OutputNames ?? [])
            writer.Write(name.ToString());
    }

    private static DerivedPath ReadPath(BinaryReader reader)
    {
        var isBuilt = reader.ReadBoolean();
        var path = StorePath.Parse(reader.ReadString());
        if (!isBuilt)
            return new DerivedPath.Opaque(path);
        var count = reader.ReadInt32();
        if (count < 0)
            return new DerivedPath.Built(path, OutputNames: null);
        var names = ImmutableSortedSet.CreateBuilder<ByteString>();
        while (names.Count < count)
            names.Add(ByteString.FromString(reader.ReadString()));
        return new DerivedPath.Built(path, names.ToImmutable());
    }
}
