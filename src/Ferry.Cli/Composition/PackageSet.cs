using System.Text;
using Ferry.Cli.Composition.Files;

namespace Ferry.Cli.Composition;

/// <summary>Where the package set lies: in this program, or in a checkout that <c>FERRY_PACKAGES</c> names.</summary>
internal sealed class PackageSet
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

    /// <summary>A file of the set as it was committed.</summary>
    /// <param name="path">Below the set, starting with a slash.</param>
    public string ReadText(string path) => Encoding.UTF8.GetString(_tree.Read(path));

    /// <summary>Shows the set to evaluation, with pins that this user has renewed in place of the committed ones.</summary>
    public void Mount(SourceFiles files, Func<string, string?> findRenewed)
    {
        const string locks = "/bootstrap/lock";
        foreach (var entry in _tree.List(locks))
        {
            if (findRenewed(Path.GetFileNameWithoutExtension(entry.Name)) is { } renewed)
                files.Mount(
                    $"{Folder}{locks}/{entry.Name}",
                    new SingleFileTree(Encoding.UTF8.GetBytes(renewed))
                );
        }

        if (IsEmbedded)
            files.Mount(Folder, _tree);
    }
}
