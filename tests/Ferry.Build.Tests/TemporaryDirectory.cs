using Ferry.Platform.Files;

namespace Ferry.Build.Tests;

/// <summary>A directory that is gone after the test, read-only parts included.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ferry-build-").FullName;

    public void Dispose() => Trees.Remove(Path);
}
