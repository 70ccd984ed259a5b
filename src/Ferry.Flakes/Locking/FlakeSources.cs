using Ferry.Evaluation;
using Ferry.Fetching;
using Ferry.Fetching.Inputs;
using Ferry.Fetching.Registries;
using Ferry.Flakes.Declarations;
using Ferry.Flakes.Locks;
using Ferry.Flakes.References;

namespace Ferry.Flakes.Locking;

/// <summary>From references to flakes that evaluation can read.</summary>
internal sealed class FlakeSources(Evaluator evaluator, Fetcher fetcher, ITreeMounts mounts)
{
    private static readonly HashSet<string> s_selfAttributes = ["submodules", "lfs"];

    /// <summary>Fetches a flake and reads its <c>flake.nix</c>.</summary>
    public Flake Get(FlakeReference reference, RegistryUse registries, InputPath path)
    {
        var (resolved, folder) = Resolve(reference, registries);
        var fetched = fetcher.Fetch(resolved.Input);
        var flake = Read(reference, resolved, fetched, path);

        var wanted = fetched.Input;
        foreach (var (name, value) in flake.SelfAttributes)
        {
            if (!s_selfAttributes.Contains(name))
                throw new FlakeException($"flake 'self' attribute '{name}' is not supported");
            wanted = wanted.With(name, value);
        }

        if (wanted.Equals(fetched.Input))
            return flake;
        // The hash is that of another tree now; what is final can have no other attributes.
        wanted = wanted.Without("narHash").Without(FetchInput.FinalMark);
        return Read(reference, new(resolved.Input, folder), fetcher.Fetch(wanted), path);
    }

    /// <summary>Fetches a source that need not be a flake.</summary>
    /// <returns>What it is, and where evaluation can read it.</returns>
    public (FlakeReference Locked, string Folder) GetTree(
        FlakeReference reference,
        RegistryUse registries
    )
    {
        var (resolved, _) = Resolve(reference, registries);
        var mounted = mounts.Mount(fetcher.Fetch(resolved.Input), reference.Input);
        return (
            new(mounted.Input, reference.Folder),
            evaluator.Store.Directory.Format(mounted.Path)
        );
    }

    /// <summary>Reads the flake in a folder that evaluation sees already.</summary>
    public Flake ReadAt(FlakeReference reference, string folder, InputPath path) =>
        new FlakeReader(evaluator, new FlakeReaderContext(path)).Read(
            new(reference, reference, reference, folder)
        );

    private Flake Read(
        FlakeReference original,
        FlakeReference resolved,
        FetchedTree fetched,
        InputPath path
    )
    {
        var mounted = mounts.Mount(fetched, original.Input);
        var root = evaluator.Store.Directory.Format(mounted.Path);
        var folder = resolved.Folder.Trim('/') is { Length: > 0 } below ? $"{root}/{below}" : root;
        return new FlakeReader(evaluator, new FlakeReaderContext(path)).Read(
            new(original, resolved, new(mounted.Input, resolved.Folder), folder)
        );
    }

    private (FlakeReference Reference, string Folder) Resolve(
        FlakeReference reference,
        RegistryUse registries
    )
    {
        if (reference.Input.IsDirect)
            return (reference, reference.Folder);
        if (registries == RegistryUse.No)
            throw new FlakeException(
                $"'{reference.Input}' is an indirect flake reference, but registry lookups are not allowed"
            );
        var (input, folder) = fetcher.Registries.Resolve(reference.Input, registries);
        return (new(input, folder ?? reference.Folder), folder ?? reference.Folder);
    }
}
