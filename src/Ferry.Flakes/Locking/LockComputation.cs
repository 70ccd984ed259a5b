using Ferry.Evaluation.Coercion;
using Ferry.Fetching;
using Ferry.Fetching.Registries;
using Ferry.Flakes.Declarations;
using Ferry.Flakes.Locks;
using Ferry.Flakes.References;
using Ferry.Formats.Inputs;

namespace Ferry.Flakes.Locking;

/// <summary>An input that is to be another one.</summary>
/// <param name="Input">What it is to be.</param>
/// <param name="Folder">Of the flake that says so: relative paths start there.</param>
/// <param name="Owner">Of that flake; null for the command line.</param>
internal sealed record InputOverride(FlakeInput Input, string Folder, InputPath? Owner);

/// <summary>What the inputs of one node are computed from.</summary>
/// <param name="Inputs">From <c>flake.nix</c>, or from the old lock file.</param>
/// <param name="Node">Gets the inputs.</param>
/// <param name="Path">Of the node.</param>
/// <param name="Old">From which locks are taken over; null without any.</param>
/// <param name="FollowsPrefix">From where the follows of the old node start.</param>
/// <param name="Folder">Of the node's flake.</param>
/// <param name="TrustsLock">The inputs are the old lock file's, so its follows hold.</param>
internal sealed record LockStep(
    SortedDictionary<string, FlakeInput> Inputs,
    LockNode Node,
    InputPath Path,
    LockNode? Old,
    InputPath FollowsPrefix,
    string Folder,
    bool TrustsLock
);

/// <summary>Computes a lock file from a flake and an old lock file. Owner: one call.</summary>
/// <remarks>
/// An input keeps its old lock while what was asked for stays the same, and then it is not even fetched: its own inputs
/// are read from the old lock file as well. Source: the behaviour of stock 2.34.8.
/// </remarks>
internal sealed class LockComputation(
    FlakeSources sources,
    LockOptions options,
    LockContext context
)
{
    private readonly SortedDictionary<InputPath, InputOverride> _overrides = new(InputPath.Order);
    private readonly HashSet<InputPath> _fromCommandLine = [];
    private readonly HashSet<InputPath> _usedOverrides = [];
    private readonly HashSet<InputPath> _seen = [];
    private readonly List<FlakeReference> _parents = [];
    private readonly Dictionary<LockNode, string> _folders = new(
        ReferenceEqualityComparer.Instance
    );

    public IReadOnlyDictionary<LockNode, string> Folders => _folders;

    public LockFile Run(Flake flake, LockFile old)
    {
        foreach (var (path, reference) in options.Overrides)
        {
            _overrides.TryAdd(path, new(new() { Reference = reference }, flake.Folder, null));
            _fromCommandLine.Add(path);
        }

        var file = new LockFile();
        _folders[file.Root] = flake.Folder;
        Compute(
            new(
                flake.Inputs,
                file.Root,
                InputPath.Root,
                options.Recreates ? null : old.Root,
                InputPath.Root,
                flake.Folder,
                TrustsLock: false
            )
        );
        foreach (var (path, reference) in options.Overrides)
        {
            if (!_usedOverrides.Contains(path))
                context.Warn(
                    $"the flag '--override-input {path} {reference}' does not match any input"
                );
        }

        foreach (var path in options.Updates.Order(InputPath.Order))
        {
            if (!_seen.Contains(path))
                context.Warn($"'{path}' does not match any input of this flake");
        }

        file.Check();
        return file;
    }

    private void Compute(LockStep step)
    {
        foreach (var (name, input) in step.Inputs)
            AddOverrides(step, input, step.Path.Below(name));
        foreach (var (path, _) in _overrides)
        {
            if (path.Parent.Equals(step.Path) && !step.Inputs.ContainsKey(path.Names[^1]))
                context.Warn(
                    $"input '{step.Path}' has an override for a non-existent input '{path.Names[^1]}'"
                );
        }

        foreach (var (name, input) in step.Inputs)
        {
            var path = step.Path.Below(name);
            try
            {
                ComputeInput(step, name, path, input);
            }
            catch (FlakeException failure)
                when (failure.AddTrace($"while updating the flake input '{path}'"))
            {
                throw;
            }
            catch (FetchException failure)
                when (failure.AddTrace($"while updating the flake input '{path}'"))
            {
                throw;
            }
        }
    }

    private void AddOverrides(LockStep step, FlakeInput input, InputPath path)
    {
        foreach (var (name, other) in input.Overrides)
        {
            var below = path.Below(name);
            if (other.Reference is not null || other.Follows is not null)
                _overrides.TryAdd(below, new(other, step.Folder, step.Path));
            AddOverrides(step, other, below);
        }
    }

    private void ComputeInput(LockStep step, string name, InputPath path, FlakeInput declared)
    {
        var overriding = _overrides.GetValueOrDefault(path);
        if (overriding is not null)
            _usedOverrides.Add(path);
        // What is no flake stays none, whatever it is overridden by.
        var input = overriding is null
            ? declared
            : overriding.Input with
            {
                IsFlake = declared.IsFlake,
            };
        if (input.Follows is { } follows)
        {
            step.Node.Inputs[name] = new LockEdge.Follows(follows);
            return;
        }

        var reference =
            input.Reference
            ?? FlakeReference.Of(InputAttributes.Of(("type", "indirect"), ("id", name)));
        var wanted = new WantedInput(
            step,
            name,
            path,
            reference,
            input,
            overriding is null ? step.Folder : overriding.Folder,
            reference.Input.RelativePath is null ? null
                : overriding is null ? step.Path
                : overriding.Owner
        );
        _seen.Add(path);
        if (FindOld(wanted) is { } old)
            KeepOld(wanted, old);
        else
            LockNew(wanted, declared);
    }

    /// <summary>An input whose place in the new lock file is to be found.</summary>
    private sealed record WantedInput(
        LockStep Step,
        string Name,
        InputPath Path,
        FlakeReference Reference,
        FlakeInput Input,
        string BaseFolder,
        InputPath? Parent
    );

    private LockedNode? FindOld(WantedInput wanted) =>
        wanted.Step.Old is { } old
        && !options.Updates.Contains(wanted.Path)
        && old.Inputs.TryGetValue(wanted.Name, out var edge)
        && edge is LockEdge.To { Node: var node }
        && node.Original.Canonicalise() == wanted.Reference.Canonicalise()
        && Equals(node.Parent, wanted.Parent)
        && !_fromCommandLine.Contains(wanted.Path)
            ? node
            : null;

    private void KeepOld(WantedInput wanted, LockedNode old)
    {
        var (step, path) = (wanted.Step, wanted.Path);
        var node = new LockedNode(old.Locked, old.Original)
        {
            IsFlake = old.IsFlake,
            Parent = old.Parent,
        };
        step.Node.Inputs[wanted.Name] = new LockEdge.To(node);

        // An input below is to be updated: then the flake's own words count, not the lock file's.
        var mustFetch = options.Updates.Any(update => !update.Equals(path) && path.Covers(update));
        var known = mustFetch ? null : InputsOf(old, step, path);
        if (known is not null)
        {
            Compute(new(known, node, path, old, step.FollowsPrefix, step.Folder, TrustsLock: true));
            return;
        }

        var flake = GetFlake(wanted, old.Locked, context.InputRegistries);
        _folders[node] = flake.Folder;
        Compute(
            new(flake.Inputs, node, path, old, step.FollowsPrefix, flake.Folder, TrustsLock: false)
        );
    }

    // Null when an override that the lock file was made with is gone, so that the flake must be asked.
    private SortedDictionary<string, FlakeInput>? InputsOf(
        LockedNode old,
        LockStep step,
        InputPath path
    )
    {
        var inputs = FlakeInput.Empty();
        foreach (var (name, edge) in old.Inputs)
        {
            if (edge is LockEdge.To { Node: var node })
            {
                inputs[name] = new() { Reference = node.Original, IsFlake = node.IsFlake };
                continue;
            }

            if (!step.TrustsLock && !_overrides.ContainsKey(path.Below(name)))
                return null;
            var follows = ((LockEdge.Follows)edge).Path;
            inputs[name] = new() { Follows = step.FollowsPrefix.Join(follows) };
        }

        return inputs;
    }

    private void LockNew(WantedInput wanted, FlakeInput declared)
    {
        var (step, path, reference) = (wanted.Step, wanted.Path, wanted.Reference);
        if (
            !options.AllowsUnlocked
            && !reference.Input.IsLocked(context.Settings)
            && reference.Input.RelativePath is null
        )
            throw new FlakeException($"cannot update unlocked flake input '{path}' in pure mode");

        // The lock file keeps what the flake says, so that an override lasts until the flake says something else.
        var isOverride = _fromCommandLine.Contains(path);
        var original = isOverride && declared.Reference is { } said ? said : reference;
        if (!wanted.Input.IsFlake)
        {
            var (locked, folder) = wanted.Reference.Input.RelativePath is { } relative
                ? (reference, PathText.Combine(wanted.BaseFolder, relative))
                : sources.GetTree(reference, context.InputRegistries);
            var tree = new LockedNode(locked, original) { IsFlake = false, Parent = wanted.Parent };
            _folders[tree] = folder;
            step.Node.Inputs[wanted.Name] = new LockEdge.To(tree);
            return;
        }

        var flake = GetFlake(
            wanted,
            reference,
            isOverride ? RegistryUse.All : context.InputRegistries
        );
        var node = new LockedNode(flake.Locked, original) { Parent = wanted.Parent };
        step.Node.Inputs[wanted.Name] = new LockEdge.To(node);
        if (_parents.Contains(reference))
            throw new FlakeException($"found circular import of flake '{reference}'");
        _parents.Add(reference);
        _folders[node] = flake.Folder;
        Compute(
            new(
                flake.Inputs,
                node,
                path,
                context.ReadLockFile(flake).Root,
                path,
                flake.Folder,
                TrustsLock: false
            )
        );
        _parents.RemoveAt(_parents.Count - 1);
    }

    private Flake GetFlake(WantedInput wanted, FlakeReference reference, RegistryUse registries) =>
        wanted.Reference.Input.RelativePath is { } relative
            ? sources.ReadAt(
                reference,
                Below(PathText.Combine(wanted.BaseFolder, relative), reference.Folder),
                wanted.Path
            )
            : sources.Get(reference, registries, wanted.Path);

    private static string Below(string folder, string below) =>
        below.Trim('/') is { Length: > 0 } path ? $"{folder}/{path}" : folder;
}

/// <summary>What the computation of a lock file needs besides the flakes.</summary>
/// <param name="Settings">Decide what counts as locked.</param>
/// <param name="InputRegistries">Which registries count for inputs.</param>
/// <param name="ReadLockFile">The lock file in a flake; an empty one where there is none.</param>
/// <param name="Warn">Takes a warning, without the word.</param>
internal sealed record LockContext(
    FetchSettings Settings,
    RegistryUse InputRegistries,
    Func<Flake, LockFile> ReadLockFile,
    Action<string> Warn
);
