using System.Text;
using System.Text.Json;
using Ferry.Cli.Composition.Files;
using Ferry.Debian.Locks;
using Ferry.Evaluation.Ports;

namespace Ferry.Cli.Composition;

/// <summary>Where the package set lies: in this program, or in a checkout that <c>FERRY_PACKAGES</c> names.</summary>
internal sealed class PackageSet : IPinnedSet
{
    /// <summary>Where evaluation sees the embedded set; a checkout's stays where it is.</summary>
    private const string EmbeddedFolder = "/ferry/packages";

    private readonly ISourceTree _tree;

    public PackageSet(ProcessEnvironment environment)
    {
        if (environment.Variable("FERRY_PACKAGES") is { Length: > 0 } folder)
        {
            Folder = Path.GetFullPath(folder, environment.WorkingDirectory);
            _tree = new DiskTree(Folder);
        }
        else
        {
            Folder = EmbeddedFolder;
            _tree = new EmbeddedTree("packages");
            IsEmbedded = true;
        }
    }

    public bool IsEmbedded { get; }

    /// <summary>Absolute, as evaluation sees it.</summary>
    public string Folder { get; }

    public bool Has(string path) => _tree.Kind(path) is not null;

    public string ReadText(string path) => Encoding.UTF8.GetString(_tree.Read(path));

    /// <summary>Shows the set to evaluation, with pins that this user has renewed in place of the committed ones.</summary>
    public void Mount(SourceFiles files, RenewedPins pins)
    {
        IEnumerable<string> pinned = pins.Exist ? [.. Locks(), .. SourcePins()] : [];
        foreach (var path in pinned)
        {
            if (pins.Find(path) is { } renewed)
                files.Mount(Folder + path, new SingleFileTree(Encoding.UTF8.GetBytes(renewed)));
        }

        if (IsEmbedded)
            files.Mount(Folder, _tree);
    }

    /// <summary>The set has packages that run on a system, and an emulator for it.</summary>
    public bool HasSystem(string system)
    {
        using var systems = JsonDocument.Parse(_tree.Read("/bootstrap/architectures.json"));
        return systems.RootElement.TryGetProperty(system, out _);
    }

    /// <summary>Paths of the locks, as <see cref="IPinnedSet"/> names files.</summary>
    public IEnumerable<string> Locks() =>
        _tree.List("/bootstrap/lock").Select(entry => $"/bootstrap/lock/{entry.Name}");

    public IEnumerable<string> SourcePins()
    {
        const string packages = "/pkgs";
        if (_tree.Kind(packages) != SourceFileKind.Directory)
            return [];
        return Folders(packages)
            .SelectMany(Folders)
            .Select(package => package + "/source.json")
            .Where(file => _tree.Kind(file) is not null)
            .Order(StringComparer.Ordinal);
    }

    private IEnumerable<string> Folders(string path) =>
        _tree
            .List(path)
            .Where(entry => entry.Kind == SourceFileKind.Directory)
            .Select(entry => $"{path}/{entry.Name}");
}
