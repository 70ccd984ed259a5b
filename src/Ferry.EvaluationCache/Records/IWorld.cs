using Ferry.Evaluation.Ports;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;

namespace Ferry.EvaluationCache.Records;

/// <summary>What results depend on, as it is now.</summary>
public interface IWorld
{
    /// <returns>Null when the source is not there any more.</returns>
    ILiveSource? Find(string source);

    /// <returns>Null when the variable is not set.</returns>
    string? Variable(string name);

    /// <summary>A store object is there, and stays while this process runs.</summary>
    bool IsValid(StorePath path);
}

/// <summary>A source as it is now. Members give null instead of failing.</summary>
public interface ILiveSource
{
    SourceFileKind? Kind(string path);

    byte[]? Read(string path);

    IReadOnlyList<SourceDirectoryEntry>? List(string path);

    string? ReadLink(string path);

    /// <summary>Of a file on the disk.</summary>
    FileStatus? Status(string path);

    /// <summary>The text of an attribute; null where there is none.</summary>
    string? Attribute(string name);
}
