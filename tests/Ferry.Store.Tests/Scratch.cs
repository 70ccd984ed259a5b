using Ferry.Platform.Files;

namespace Ferry.Store.Tests;

/// <summary>A directory of a test's own, removed at its end, whatever modes its files have.</summary>
internal sealed class Scratch : IDisposable
{
    public Scratch() => Path = Directory.CreateTempSubdirectory("ferry-store-").FullName;

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a text file, making the directories above it.</summary>
    public string Write(string name, string contents)
    {
        var file = File(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllText(file, contents);
        return file;
    }

    public void Dispose() => Trees.Remove(Path);
}
