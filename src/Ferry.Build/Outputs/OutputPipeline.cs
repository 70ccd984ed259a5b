using Ferry.Build.Goals;
using Ferry.Build.Sandbox;
using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Building;
using Ferry.Store.Closures;

namespace Ferry.Build.Outputs;

/// <summary>Takes what a builder left behind to valid store objects, one step after the other.</summary>
/// <remarks>
/// Order: canonicalise, copy (fixed outputs), read (references, NAR hash), order, hash (fixed outputs), check, move,
/// register. Up to the move nothing in the store changes; outputs become valid together or not at all.
/// </remarks>
internal sealed class OutputPipeline(IOutputStore store, ReadyStep ready, BuildUser user)
{
    private readonly BuildStep _step = ready.Step;
    private readonly string _derivationPath = store.Directory.Format(ready.Step.Path);

    /// <param name="scratch">Where the builder made them.</param>
    /// <param name="wanted">Outputs that are not valid yet; others are left where they are and vanish.</param>
    /// <exception cref="BuildException">An output is not what it must be.</exception>
    public void Run(ScratchStore scratch, IReadOnlySet<ByteString> wanted)
    {
        var outputs = Prepare(scratch, wanted);
        var checker = new OutputChecker(
            _step,
            outputs,
            store.Directory,
            path => store.RequireInfo(path)
        );
        try
        {
            checker.Check();
        }
        catch (BuildException failure)
            when (failure.Status == Store.Building.BuildStatus.HashMismatch)
        {
            KeepMismatch(outputs);
            throw;
        }

        foreach (var output in outputs)
            OutputMove.Move(output.RealPath, store.RealPath(output.Path));
        store.Register([.. outputs.Select(output => Info(output, output.Path))]);
    }

    /// <summary>Every step that changes nothing in the store.</summary>
    /// <returns>Each after those it refers to.</returns>
    public IReadOnlyList<BuiltOutput> Prepare(ScratchStore scratch, IReadOnlySet<ByteString> wanted)
    {
        var outputs = _step
            .Outputs.Where(output => wanted.Contains(output.Key))
            .Select(output => new BuiltOutput(
                output.Key,
                output.Value,
                scratch.RealPath(output.Value)
            ))
            .ToList();
        foreach (var output in outputs)
        {
            OutputScan.RequirePresent(output, _derivationPath);
            // A builtin's files are this very program's, with whatever its caller's umask leaves of their modes.
            if (!_step.Derivation.IsBuiltin)
                OutputScan.RequireOwn(output, user);
        }

        OutputScan.Canonicalise(outputs, user);

        var read = outputs.Select(output => Read(output, scratch)).ToList();
        return OutputOrder.Sort(read, _derivationPath);
    }

    private BuiltOutput Read(BuiltOutput output, ScratchStore scratch)
    {
        var specified = _step.Derivation.Outputs[output.Name] as DerivationOutput.Fixed;
        if (specified is not null && !_step.Derivation.IsBuiltin)
            output = FixedContent.Copy(output, scratch.CopyDirectory);

        var discards = _step.Options.DiscardsReferences.Contains(output.Name.ToString());
        IEnumerable<StorePath> candidates = discards
            ? []
            : ready.Closure.Union(_step.Outputs.Values);
        var read = OutputScan.Read(output, candidates);
        return specified is null ? read : FixedContent.Hash(read, specified);
    }

    private PathInfo Info(BuiltOutput output, StorePath path) =>
        new(path, output.NarHash!, output.NarSize)
        {
            References = output.References,
            Deriver = _step.Path,
            IsUltimate = true,
            ContentAddress = output.ContentAddress,
        };

    // The content is good, only the hash in the derivation was not. Under its own path it need not be fetched again
    // once the derivation is corrected.
    private void KeepMismatch(IReadOnlyList<BuiltOutput> outputs)
    {
        foreach (var output in outputs)
        {
            if (output.ContentAddress is not { } address || output.References.Count > 0)
                continue;
            var path = store.Paths.FixedOutput(output.Path.Name, address);
            store.AddTemporaryRoot(path);
            using var held = OutputLocks.Acquire(
                [store.RealPath(path)],
                waiting: () => { },
                CancellationToken.None
            );
            held.RemovesFiles = true;
            if (store.IsValid(path))
                continue;
            OutputMove.Move(output.RealPath, store.RealPath(path));
            store.Register([Info(output, path)]);
        }
    }
}
