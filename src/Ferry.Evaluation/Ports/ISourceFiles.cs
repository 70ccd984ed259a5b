namespace Ferry.Evaluation.Ports;

public enum SourceFileKind
{
    Regular,
    Executable,
    Directory,
    SymbolicLink,

    /// <summary>A device, a socket, a pipe.</summary>
    Other,
}

/// <param name="Name">Without any slash.</param>
/// <param name="Kind">Of the entry itself, links not followed.</param>
public readonly record struct SourceDirectoryEntry(string Name, SourceFileKind Kind);

/// <summary>The files a program may read, by absolute path. Mounted trees look like any other directory.</summary>
/// <remarks>
/// Paths are absolute and canonical (no <c>.</c>, <c>..</c>, double slashes). Failures are
/// <see cref="EvaluationException"/>s with stock's wording. Any number of threads may call.
/// </remarks>
public interface ISourceFiles
{
    /// <returns>Null when there is nothing. The last component is not followed when it is a link; the ones before are.</returns>
    SourceFileKind? Kind(string path);

    /// <summary>The bytes of a regular file, links followed.</summary>
    byte[] Read(string path);

    /// <summary>The entries of a directory in any order.</summary>
    IReadOnlyList<SourceDirectoryEntry> List(string path);

    /// <summary>Where a symbolic link points, as it was written.</summary>
    string ReadLink(string path);

    /// <summary>The same path without links in any component, the last one included. Missing parts stay as they are.</summary>
    string ResolveLinks(string path);

    /// <summary>False when the program may not look at the path; the other members fail there.</summary>
    bool IsAllowed(string path) => true;

    /// <summary>How messages name the path; a mounted tree may show where it came from.</summary>
    string Show(string path);

    /// <summary>What to say of a path where nothing is.</summary>
    string Absence(string path) => $"path '{Show(path)}' does not exist";
}
