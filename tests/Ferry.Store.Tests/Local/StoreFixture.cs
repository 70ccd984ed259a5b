using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;
using Ferry.Store.FileTrees;
using Ferry.Store.Local;

namespace Ferry.Store.Tests.Local;

/// <summary>An empty store in a scratch directory, and things to put into it.</summary>
internal sealed class StoreFixture : IDisposable
{
    public StoreFixture() => Store = Open();

    public Scratch Scratch { get; } = new();

    public LocalStore Store { get; private set; }

    public string Root => Scratch.File("root");

    public LocalStore Open() =>
        LocalStore.Open(new LocalStoreOptions(StoreLocation.Below(Root, new StoreEnvironment())));

    public void Reopen()
    {
        Store.Dispose();
        Store = Open();
    }

    /// <summary>A tree with every kind of entry that a NAR can hold.</summary>
    public string MakeTree(string name = "tree")
    {
        Scratch.Write($"{name}/bin/program", "#!/bin/sh\n");
        File.SetUnixFileMode(
            Scratch.File($"{name}/bin/program"),
            UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite
        );
        Scratch.Write($"{name}/empty", "");
        Scratch.Write($"{name}/Upper", new string('x', 100_000));
        Directory.CreateDirectory(Scratch.File($"{name}/directory"));
        File.CreateSymbolicLink(Scratch.File($"{name}/link"), "../nowhere/at all");
        return Scratch.File(name);
    }

    public StorePath AddTree(string path, params StorePath[] references) =>
        Store.AddTree(
            new TreeToAdd(Path.GetFileName(path), target => FileTreeReader.Read(path, target))
            {
                References = references,
            }
        );

    /// <summary>A derivation with its output paths, not yet in the store.</summary>
    public Derivation Derivation(string name, params StorePath[] sources) =>
        Store.Hasher.FillOutputPaths(
            new Derivation
            {
                Name = name,
                System = "x86_64-linux",
                Builder = "/bin/sh",
                Outputs = SortedMap<ByteString, DerivationOutput>.From([
                    new("out", new DerivationOutput.Deferred()),
                    new("dev", new DerivationOutput.Deferred()),
                ]),
                InputSources = [.. sources],
                Environment = SortedMap<ByteString, ByteString>.From([
                    new("text", $"{string.Join(' ', sources.Select(Store.Directory.Format))}"),
                ]),
            }
        );

    public void Dispose()
    {
        Store.Dispose();
        Scratch.Dispose();
    }
}
