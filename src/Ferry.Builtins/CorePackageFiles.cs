using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Ports;

namespace Ferry.Builtins;

/// <summary>Files with <c>&lt;nix/…></c> mounted among them. Put it around the files an evaluator gets.</summary>
public sealed class CorePackageFiles(ISourceFiles files) : ISourceFiles
{
    /// <summary>Where the files lie; no real directory has this name.</summary>
    public const string Folder = PathText.CorePackages;

    private const string FetchUrl = "/fetchurl.nix";

    private static readonly byte[] s_fetchUrl = EmbeddedSources.Read("fetchurl.nix");

    public SourceFileKind? Kind(string path) =>
        Below(path) switch
        {
            null => files.Kind(path),
            "" => SourceFileKind.Directory,
            FetchUrl => SourceFileKind.Regular,
            _ => null,
        };

    public byte[] Read(string path) =>
        Below(path) switch
        {
            null => files.Read(path),
            FetchUrl => s_fetchUrl,
            _ => throw Missing(path),
        };

    public IReadOnlyList<SourceDirectoryEntry> List(string path) =>
        Below(path) switch
        {
            null => files.List(path),
            "" => [new(FetchUrl[1..], SourceFileKind.Regular)],
            _ => throw Missing(path),
        };

    public string ReadLink(string path) =>
        Below(path) is null ? files.ReadLink(path) : throw Missing(path);

    public string ResolveLinks(string path) =>
        Below(path) is null ? files.ResolveLinks(path) : path;

    public bool IsAllowed(string path) => Below(path) is not null || files.IsAllowed(path);

    public string Show(string path) =>
        Below(path) is { } below ? $"<nix{below}>" : files.Show(path);

    public string Absence(string path) =>
        Below(path) is null ? files.Absence(path) : $"path '{Show(path)}' does not exist";

    private static string? Below(string path) =>
        path.StartsWith(Folder, StringComparison.Ordinal)
        && (path.Length == Folder.Length || path[Folder.Length] == '/')
            ? path[Folder.Length..]
            : null;

    private Evaluation.EvaluationException Missing(string path) =>
        Evaluation.EvaluationException.Failed(Absence(path));
}
