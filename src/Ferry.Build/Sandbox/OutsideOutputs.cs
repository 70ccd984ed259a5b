using Ferry.Build.Goals;
using Ferry.Formats;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;
using Ferry.Platform.Files;
using Ferry.Store.Building;

namespace Ferry.Build.Sandbox;

/// <summary>Where a builder without a sandbox makes its outputs: at their paths in the store, or at paths that stand in for them.</summary>
/// <remarks>
/// A stand-in is needed where the path is valid already, as in a check. Its digest is as long as the real one, and is
/// replaced in what the builder wrote. Source: stock 2.34.8, which builds so too.
/// </remarks>
internal sealed class OutsideOutputs : IDisposable
{
    private readonly IOutputStore _store;
    private readonly List<(StorePath Path, StorePath Place)> _outputs = [];

    public OutsideOutputs(IOutputStore store, BuildStep step)
    {
        _store = store;
        foreach (var (name, path) in step.Outputs)
        {
            var place = store.IsValid(path) ? StandIn(step, name) : path;
            store.AddTemporaryRoot(place);
            Trees.Remove(store.RealPath(place));
            _outputs.Add((path, place));
        }
    }

    /// <summary>Digests of outputs, and those of the paths that stand in for them.</summary>
    public IReadOnlyList<KeyValuePair<ByteString, ByteString>> StandIns =>
        [
            .. _outputs
                .Where(output => output.Path != output.Place)
                .Select(output => new KeyValuePair<ByteString, ByteString>(
                    output.Path.Digest,
                    output.Place.Digest
                )),
        ];

    /// <summary>Moves what the builder made to where the outputs of builds are examined.</summary>
    public void MoveTo(ScratchStore scratch)
    {
        var back = new TreeRewriter([
            .. StandIns.Select(rule => new KeyValuePair<ByteString, ByteString>(
                rule.Value,
                rule.Key
            )),
        ]);
        foreach (var (path, place) in _outputs)
        {
            var made = _store.RealPath(place);
            if (FileStatus.TryGet(made) is null)
                continue;
            Outputs.OutputMove.Move(made, scratch.RealPath(path));
            back.Rewrite(scratch.RealPath(path));
        }
    }

    /// <summary>Removes what a failed builder made.</summary>
    public void Dispose()
    {
        foreach (var (_, place) in _outputs)
        {
            if (!_store.IsValid(place))
                Trees.Remove(_store.RealPath(place));
        }
    }

    private StorePath StandIn(BuildStep step, ByteString output) =>
        _store.Paths.Make(
            $"rewrite:{step.Path}:name:{output}",
            new Hash(HashKind.Sha256, new byte[HashKind.Sha256.DigestLength()]),
            StorePathFactory.OutputPathName(step.Derivation.Name, output.ToString())
        );
}
