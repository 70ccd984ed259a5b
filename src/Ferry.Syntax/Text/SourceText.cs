using System.Text;

namespace Ferry.Syntax.Text;

/// <summary>Where a text came from, as far as messages and relative paths care.</summary>
public enum SourceKind
{
    File,
    String,
    StandardInput,
}

/// <summary>A Nix program as bytes, with the name that messages give it.</summary>
/// <remarks>Immutable; may be shared between threads. The bytes must not change afterwards.</remarks>
public sealed class SourceText
{
    private LineMap? _lines;

    private SourceText(
        SourceKind kind,
        string name,
        ReadOnlyMemory<byte> bytes,
        string baseDirectory
    ) => (Kind, Name, Bytes, BaseDirectory) = (kind, name, bytes, baseDirectory);

    public SourceKind Kind { get; }

    /// <summary>What stock prints before the line number: a path, <c>«string»</c> or <c>«stdin»</c>.</summary>
    public string Name { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>An absolute path: what relative path literals start from.</summary>
    public string BaseDirectory { get; }

    /// <summary>Found on first use, since most texts never need a line number. Threads that come at once find the same.</summary>
    public LineMap Lines => _lines ??= new LineMap(Bytes);

    /// <param name="path">Absolute path of the file, as shown in messages.</param>
    /// <param name="bytes">Its content.</param>
    public static SourceText FromFile(string path, ReadOnlyMemory<byte> bytes) =>
        FromFile(path, bytes, DirectoryOf(path));

    /// <param name="shownName">Name of the file in messages.</param>
    /// <param name="bytes">Its content.</param>
    /// <param name="baseDirectory">Absolute path that relative path literals start from.</param>
    public static SourceText FromFile(
        string shownName,
        ReadOnlyMemory<byte> bytes,
        string baseDirectory
    ) => new(SourceKind.File, shownName, bytes, baseDirectory);

    public static SourceText FromString(string text, string baseDirectory) =>
        FromString(Encoding.UTF8.GetBytes(text), baseDirectory);

    public static SourceText FromString(ReadOnlyMemory<byte> bytes, string baseDirectory) =>
        new(SourceKind.String, "«string»", bytes, baseDirectory);

    public static SourceText FromStandardInput(ReadOnlyMemory<byte> bytes, string baseDirectory) =>
        new(SourceKind.StandardInput, "«stdin»", bytes, baseDirectory);

    /// <returns>Line 0 for an unknown position.</returns>
    public LinePosition Locate(SourcePosition position) =>
        position.IsKnown ? Lines.Locate(position.Offset) : default;

    private static string DirectoryOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash <= 0 ? "/" : path[..slash];
    }
}
