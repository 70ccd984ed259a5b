using Ferry.Platform.Files;

namespace Ferry.Fetching.Tests;

/// <summary>A directory that is gone after the test, read-only parts included.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ferry-fetch-").FullName;

    public string Write(string name, string contents)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, contents);
        return file;
    }

    public void Dispose() => Trees.Remove(Path);
}
