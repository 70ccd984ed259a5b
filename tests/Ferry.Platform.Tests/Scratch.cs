using Ferry.Platform.Files;

namespace Ferry.Platform.Tests;

/// <summary>A directory of one test's own, removed with everything in it.</summary>
internal sealed class Scratch : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ferry-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Trees.Remove(Path);
}
