using System.Globalization;
using Ferry.Formats.Json;

namespace Ferry.Cli.Verbs.Store;

/// <summary>What <c>store ls</c> prints of a file tree, in names sorted by byte.</summary>
/// <param name="IsLong">Mode, size and link target as well.</param>
/// <param name="IsRecursive">Directories below as well.</param>
internal sealed record FileListing(bool IsLong, bool IsRecursive)
{
    private const int SizeWidth = 20;

    /// <param name="output">Where to print.</param>
    /// <param name="path">The real path of the object.</param>
    /// <param name="showsDirectory">True: a directory itself and not its entries.</param>
    public void Print(TextWriter output, string path, bool showsDirectory)
    {
        if (KindOf(path) == EntryKind.Directory && !showsDirectory)
            PrintEntries(output, path, ".");
        else
            PrintLine(output, path, KindOf(path) == EntryKind.Directory ? "." : Label(path));
    }

    public void WriteJson(JsonWriter json, string path) => WriteJson(json, path, isTop: true);

    // An object that is a file has no name of its own below its store path.
    private static string Label(string path) =>
        Path.GetDirectoryName(Path.GetDirectoryName(path)) is { } parent
        && parent.EndsWith("/nix/store", StringComparison.Ordinal)
            ? Path.GetFileName(path)
            : "";

    private void PrintEntries(TextWriter output, string directory, string label)
    {
        foreach (var name in Names(directory))
        {
            var path = Path.Combine(directory, name);
            PrintLine(output, path, $"{label}/{name}");
            if (IsRecursive && KindOf(path) == EntryKind.Directory)
                PrintEntries(output, path, $"{label}/{name}");
        }
    }

    private void PrintLine(TextWriter output, string path, string label)
    {
        if (!IsLong)
        {
            output.WriteLine(label);
            return;
        }

        var kind = KindOf(path);
        var mode = kind switch
        {
            EntryKind.Directory => "dr-xr-xr-x",
            EntryKind.Link => "lrwxrwxrwx",
            EntryKind.Executable => "-r-xr-xr-x",
            _ => "-r--r--r--",
        };
        var size = SizeOf(path, kind).ToString(CultureInfo.InvariantCulture).PadLeft(SizeWidth);
        var target = kind == EntryKind.Link ? $" -> {new FileInfo(path).LinkTarget}" : "";
        output.WriteLine($"{mode} {size} {label}{target}");
    }

    private void WriteJson(JsonWriter json, string path, bool isTop)
    {
        var kind = KindOf(path);
        json.StartObject();
        if (isTop || IsRecursive)
        {
            if (kind == EntryKind.Directory)
                WriteEntries(json, path);
            if (kind == EntryKind.Executable)
            {
                json.Name("executable");
                json.Value(true);
            }

            if (kind is EntryKind.File or EntryKind.Executable)
                json.Member("size", SizeOf(path, kind));
            if (kind == EntryKind.Link)
                json.Member("target", new FileInfo(path).LinkTarget);
            json.Member(
                "type",
                kind switch
                {
                    EntryKind.Directory => "directory",
                    EntryKind.Link => "symlink",
                    _ => "regular",
                }
            );
        }

        json.EndObject();
    }

    private void WriteEntries(JsonWriter json, string directory)
    {
        json.Name("entries");
        json.StartObject();
        foreach (var name in Names(directory))
        {
            json.Name(name);
            WriteJson(json, Path.Combine(directory, name), isTop: false);
        }

        json.EndObject();
    }

    private static IEnumerable<string> Names(string directory) =>
        Directory
            .EnumerateFileSystemEntries(directory)
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal);

    private static long SizeOf(string path, EntryKind kind) =>
        kind is EntryKind.File or EntryKind.Executable ? new FileInfo(path).Length : 0;

    private static EntryKind KindOf(string path)
    {
        var info = new FileInfo(path);
        if (info.LinkTarget is not null)
            return EntryKind.Link;
        if (Directory.Exists(path))
            return EntryKind.Directory;
        return (info.UnixFileMode & UnixFileMode.UserExecute) == UnixFileMode.None
            ? EntryKind.File
            : EntryKind.Executable;
    }

    private enum EntryKind
    {
        File,
        Executable,
        Directory,
        Link,
    }
}
