using Ferry.Build.Goals;
using Ferry.Store;
using Ferry.Store.Building;

namespace Ferry.Build.Outputs;

/// <summary>Compares outputs that were built again with those in the store (<c>--check</c>, <c>--rebuild</c>).</summary>
internal static class OutputComparison
{
    /// <param name="store">Has the outputs of the earlier build.</param>
    /// <param name="step">What was built again.</param>
    /// <param name="outputs">Of the new build.</param>
    /// <param name="keepsDifferent">Leaves a differing output beside the old one, as <c>PATH.check</c>.</param>
    /// <exception cref="BuildException">They differ.</exception>
    public static void Compare(
        IStore store,
        BuildStep step,
        IReadOnlyList<BuiltOutput> outputs,
        bool keepsDifferent
    )
    {
        foreach (var output in outputs)
        {
            if (store.QueryInfo(output.Path) is not { } known || known.NarHash == output.NarHash)
                continue;

            var realPath = store.RealPath(output.Path);
            var message =
                $"derivation '{store.Directory.Format(step.Path)}' may not be deterministic: "
                + $"output \"{realPath}\" differs";
            if (keepsDifferent)
            {
                var kept = realPath + ".check";
                OutputMove.Move(output.RealPath, kept);
                message += $" from \"{kept}\"";
            }

            throw BuildException.Of(BuildStatus.NotDeterministic, message);
        }
    }
}
