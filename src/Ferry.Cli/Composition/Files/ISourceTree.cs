using Ferry.Evaluation.Ports;

namespace Ferry.Cli.Composition.Files;

/// <summary>One tree of files that is mounted somewhere. Paths are empty for its root, else start with a slash.</summary>
internal interface ISourceTree
{
    /// <returns>Null when there is nothing.</returns>
    SourceFileKind? Kind(string path);

    byte[] Read(string path);

    IReadOnlyList<SourceDirectoryEntry> List(string path);

    string ReadLink(string path);

    /// <summary>Why there is nothing at a path, where this tree knows more than that.</summary>
    string? ExplainAbsence(string path) => null;

    /// <summary>How messages name the tree; null for the path it is mounted at.</summary>
    string? Title => null;
}
