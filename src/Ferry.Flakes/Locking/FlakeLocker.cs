using Ferry.Evaluation;
using Ferry.Fetching;
using Ferry.Fetching.Registries;
using Ferry.Flakes.Declarations;
using Ferry.Flakes.Locks;
using Ferry.Flakes.References;

namespace Ferry.Flakes.Locking;

/// <summary>What a <see cref="FlakeLocker"/> is made of.</summary>
/// <param name="Evaluator">Reads <c>flake.nix</c>.</param>
/// <param name="Fetcher">Fetches sources.</param>
/// <param name="Mounts">Shows them to evaluation.</param>
public sealed record FlakeParts(Evaluator Evaluator, Fetcher Fetcher, ITreeMounts Mounts)
{
    /// <summary>Takes a warning, without the word; it may have colours.</summary>
    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>Gets the settings that the flake at the top asks for.</summary>
    public Action<IReadOnlyList<(string Name, string Value)>> ApplySettings { get; init; } =
        _ => { };
}

/// <summary>Finds out everything that a flake needs, and keeps its lock file up to date. On the evaluation thread.</summary>
public sealed class FlakeLocker(FlakeParts parts)
{
    private readonly FlakeSources _sources = new(parts.Evaluator, parts.Fetcher, parts.Mounts);

    private FetchSettings Settings => parts.Fetcher.Settings;

    /// <summary>The same flake whenever and wherever it is fetched.</summary>
    public bool IsLocked(FlakeReference reference) => reference.Input.IsLocked(Settings);

    /// <summary>Fetches a flake alone.</summary>
    public Flake Get(FlakeReference reference, bool usesRegistries) =>
        _sources.Get(reference, usesRegistries ? RegistryUse.All : RegistryUse.No, InputPath.Root);

    /// <exception cref="FlakeException">The flake or its lock file is wrong, or may not be changed.</exception>
    /// <exception cref="FetchException">An input cannot be fetched.</exception>
    public LockedFlake Lock(FlakeReference reference, LockOptions options)
    {
        var usesRegistries = options.UsesRegistries ?? Settings.UsesRegistries;
        var flake = Get(reference, usesRegistries);
        parts.ApplySettings(flake.Settings);
        try
        {
            var old = options.ReferenceFile is { } file ? ReadFile(file) : ReadLockFile(flake);
            var computation = new LockComputation(
                _sources,
                options,
                new(
                    Settings,
                    usesRegistries ? RegistryUse.Limited : RegistryUse.No,
                    ReadLockFile,
                    parts.Warn
                )
            );
            var locks = computation.Run(flake, old);
            var locked = new LockedFlake(flake, locks, computation.Folders);
            return AreEqual(old, locks) && options.OutputFile is null
                ? locked
                : new LockFileUpdate(parts, options, reference).Apply(
                    locked,
                    old,
                    usesRegistries,
                    Get
                );
        }
        catch (FlakeException failure)
            when (failure.AddTrace($"while updating the lock file of flake '{flake.Locked}'"))
        {
            throw;
        }
        catch (FetchException failure)
            when (failure.AddTrace($"while updating the lock file of flake '{flake.Locked}'"))
        {
            throw;
        }
    }

    private LockFile ReadLockFile(Flake flake) =>
        parts.Evaluator.Files.Kind(flake.LockFile) is null
            ? new LockFile()
            : Reader(parts.Evaluator.Files.Show(flake.LockFile))
                .Read(parts.Evaluator.Files.Read(flake.LockFile));

    private LockFile ReadFile(string file) =>
        File.Exists(file) ? Reader(file).Read(File.ReadAllBytes(file)) : new LockFile();

    private LockFileReader Reader(string name) => new(Settings, name, parts.Warn);

    private static bool AreEqual(LockFile left, LockFile right) =>
        LockFileWriter.Write(left, isIndented: false).Text
        == LockFileWriter.Write(right, isIndented: false).Text;
}
