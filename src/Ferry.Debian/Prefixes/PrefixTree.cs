using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Ferry.Debian.Prefixes;

/// <summary>The files and links of a prefix that is being made. Files are written at once, links at the end.</summary>
/// <remarks>Adding is safe for several threads; the rest is for one, when all files are there.</remarks>
internal sealed class PrefixTree(string root)
{
    private const UnixFileMode PlainMode =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead
        | UnixFileMode.OtherRead;

    private const UnixFileMode ExecutableMode =
        PlainMode
        | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherExecute;

    // Path to a digest of the content, by which two packages' files of one name are compared.
    private readonly ConcurrentDictionary<string, UInt128> _files = new();
    private readonly ConcurrentDictionary<string, string> _links = new();
    private readonly Dictionary<string, string> _extraLinks = [];
    private readonly ConcurrentDictionary<string, byte> _directories = new();
    private readonly ConcurrentDictionary<string, TextKind> _texts = new();

    public enum TextKind
    {
        Script,
        LinkerScript,
    }

    /// <summary>Files whose text may name other files, in order of path.</summary>
    public IEnumerable<(string Path, TextKind Kind)> Texts =>
        _texts
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Key, pair.Value));

    public string RealPath(string path) => Path.Combine(root, path);

    /// <exception cref="DebianException">Another package has a different file of this name.</exception>
    public void AddFile(string path, byte[] content, bool isExecutable)
    {
        var digest = DigestOf(content);
        if (!_files.TryAdd(path, digest))
        {
            if (_files[path] != digest)
                throw new DebianException($"two packages have different files called '{path}'");
            return;
        }

        Write(path, content, isExecutable);
        if (content.AsSpan().StartsWith("#!"u8))
            _texts[path] = TextKind.Script;
        else if (content.AsSpan().StartsWith("/* GNU ld script"u8))
            _texts[path] = TextKind.LinkerScript;
    }

    /// <param name="path">Of the link.</param>
    /// <param name="target">A path of the prefix.</param>
    /// <exception cref="DebianException">Another package has a different link of this name.</exception>
    public void AddLink(string path, string target)
    {
        var existing = _links.GetOrAdd(path, target);
        if (existing != target)
            throw new DebianException(
                $"two packages have '{path}', as links to '{existing}' and '{target}'"
            );
    }

    /// <param name="path">Of the link.</param>
    /// <param name="target">The text of the link: absolute, or relative to the link's directory.</param>
    public void SetExtraLink(string path, string target) => _extraLinks[path] = target;

    /// <summary>Whether the prefix has this path, as a file, a link or a directory.</summary>
    public bool Contains(string path) =>
        _files.ContainsKey(path)
        || _links.ContainsKey(path)
        || _extraLinks.ContainsKey(path)
        || Directory.Exists(RealPath(path));

    /// <summary>Replaces the content and leaves the mode.</summary>
    public void Replace(string path, byte[] content) =>
        Write(
            path,
            content,
            File.GetUnixFileMode(RealPath(path)).HasFlag(UnixFileMode.UserExecute)
        );

    /// <summary>Moves a program aside and puts a script in its place that sets variables and runs it.</summary>
    /// <exception cref="DebianException">There is no such program.</exception>
    public void Wrap(string path, ProgramWrapper wrapper, PrefixPlaces places)
    {
        if (!_files.ContainsKey(path))
            throw new DebianException($"'{path}' is to be wrapped, but no package has it");
        var slash = path.LastIndexOf('/') + 1;
        var hidden = $"{path[..slash]}.{path[slash..]}-wrapped";
        File.Move(RealPath(path), RealPath(hidden));
        _files[hidden] = 0;

        var script = new StringBuilder($"#!{places.Expand(wrapper.Shell)}\n");
        foreach (
            var (name, value) in wrapper.Variables.OrderBy(pair => pair.Key, StringComparer.Ordinal)
        )
            script.Append($"export {name}=\"${{{name}:+${name}:}}{places.Expand(value)}\"\n");
        script.Append($"exec -a \"$0\" \"{places.OutputText}/{hidden}\" \"$@\"\n");
        Write(path, Encoding.UTF8.GetBytes(script.ToString()), isExecutable: true);
    }

    /// <summary>Writes every link whose target exists here or in a companion; others lead to files left out.</summary>
    public void WriteLinks(PrefixPlaces places, IReadOnlyList<string> companions)
    {
        foreach (var (path, target) in _links.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (_files.ContainsKey(path))
                throw new DebianException($"two packages have '{path}', as a file and as a link");
            if (_extraLinks.ContainsKey(path))
                continue;
            if (Leads(target))
                MakeLink(path, PathMapping.RelativeLink(path, target));
            else if (FindInCompanions(target, places, companions) is { } elsewhere)
                MakeLink(path, elsewhere);
            else
                _links.TryRemove(path, out _);
        }

        foreach (var (path, target) in _extraLinks)
        {
            if (_files.TryRemove(path, out _))
                File.Delete(RealPath(path));
            MakeLink(path, target);
        }
    }

    /// <summary>
    /// The path below a companion where this path of the prefix is found; null when no companion has it.
    /// </summary>
    public static string? FindInCompanions(
        string path,
        PrefixPlaces places,
        IReadOnlyList<string> companions
    ) =>
        companions
            .Select(companion => $"{companion}/{path}")
            .FirstOrDefault(candidate => Path.Exists(places.RealPath(candidate)));

    // Follows links within the prefix: some lead to links that lead nowhere. The count bounds a ring of links.
    private bool Leads(string target)
    {
        for (var step = 0; step < 40; step++)
        {
            if (_files.ContainsKey(target) || _extraLinks.ContainsKey(target))
                return true;
            if (!_links.TryGetValue(target, out var next))
                return Directory.Exists(RealPath(target));
            target = next;
        }

        return false;
    }

    private static UInt128 DigestOf(byte[] content) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(content));

    private void MakeLink(string path, string target)
    {
        MakeDirectory(path);
        File.CreateSymbolicLink(RealPath(path), target);
    }

    private void Write(string path, byte[] content, bool isExecutable)
    {
        MakeDirectory(path);
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = isExecutable ? ExecutableMode : PlainMode,
        };
        using var stream = new FileStream(RealPath(path), options);
        stream.Write(content);
    }

    private void MakeDirectory(string path)
    {
        var directory = Path.GetDirectoryName(path) ?? "";
        if (_directories.ContainsKey(directory))
            return;
        // Noted only once it is there: other threads rely on the note.
        Directory.CreateDirectory(RealPath(directory));
        _directories.TryAdd(directory, 0);
    }
}
