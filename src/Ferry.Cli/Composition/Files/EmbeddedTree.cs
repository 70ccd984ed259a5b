using System.Reflection;
using Ferry.Evaluation.Ports;

namespace Ferry.Cli.Composition.Files;

/// <summary>Files that are resources of this program, under names that start with a common folder. None is executable.</summary>
internal sealed class EmbeddedTree : ISourceTree
{
    private static readonly Assembly s_program = typeof(EmbeddedTree).Assembly;

    private readonly string _folder;
    private readonly Dictionary<string, List<SourceDirectoryEntry>> _directories = new(
        StringComparer.Ordinal
    )
    {
        [""] = [],
    };
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);

    /// <param name="folder">The first part of the resources' names, without a slash.</param>
    public EmbeddedTree(string folder)
    {
        _folder = folder;
        foreach (var name in s_program.GetManifestResourceNames())
        {
            if (name.StartsWith(folder + "/", StringComparison.Ordinal))
                Add(name[folder.Length..]);
        }
    }

    public SourceFileKind? Kind(string path) =>
        _files.Contains(path) ? SourceFileKind.Regular
        : _directories.ContainsKey(path) ? SourceFileKind.Directory
        : null;

    public byte[] Read(string path)
    {
        using var stream =
            s_program.GetManifestResourceStream(_folder + path)
            ?? throw new FileNotFoundException($"no embedded file '{path}'");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    public IReadOnlyList<SourceDirectoryEntry> List(string path) => _directories[path];

    public string ReadLink(string path) =>
        throw new InvalidOperationException($"the embedded file '{path}' is no link");

    private void Add(string file)
    {
        _files.Add(file);
        var kind = SourceFileKind.Regular;
        for (var path = file; path.Length > 0; kind = SourceFileKind.Directory)
        {
            var slash = path.LastIndexOf('/');
            var parent = path[..slash];
            var isKnown = _directories.TryGetValue(parent, out var entries);
            if (!isKnown)
                _directories.Add(parent, entries = []);
            if (
                kind == SourceFileKind.Regular
                || !entries!.Exists(e => e.Name == path[(slash + 1)..])
            )
                entries!.Add(new(path[(slash + 1)..], kind));
            if (isKnown)
                break;
            path = parent;
        }
    }
}
