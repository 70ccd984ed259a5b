using Ferry.Evaluation.Ports;
using Ferry.EvaluationCache.Records;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;

namespace Ferry.EvaluationCache.Tests;

/// <summary>One source named <c>source</c>, with files in memory.</summary>
internal sealed class WorldInMemory : IWorld, ILiveSource
{
    public Dictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public HashSet<StorePath> Objects { get; } = [];

    public FileStatus? Stamped { get; set; }

    public int Reads { get; private set; }

    public ILiveSource? Find(string source) => source == "source" ? this : null;

    public string? Variable(string name) => Variables.GetValueOrDefault(name);

    public bool IsValid(StorePath path) => Objects.Contains(path);

    public SourceFileKind? Kind(string path) =>
        Files.ContainsKey(path) ? SourceFileKind.Regular
        : Entries(path).Any() ? SourceFileKind.Directory
        : null;

    public byte[]? Read(string path)
    {
        Reads++;
        return Files.GetValueOrDefault(path);
    }

    public IReadOnlyList<SourceDirectoryEntry>? List(string path) =>
        Kind(path) == SourceFileKind.Directory ? [.. Entries(path)] : null;

    public string? ReadLink(string path) => null;

    public FileStatus? Status(string path) => Stamped;

    public string? Attribute(string name) => Attributes.GetValueOrDefault(name);

    private IEnumerable<SourceDirectoryEntry> Entries(string path) =>
        Files
            .Keys.Where(file => file.StartsWith(path + "/", StringComparison.Ordinal))
            .Select(file => new SourceDirectoryEntry(
                file[(path.Length + 1)..].Split('/')[0],
                SourceFileKind.Regular
            ))
            .Distinct();
}
