using Ferry.Build.Attributes;
using Ferry.Build.Goals;
using Ferry.Formats.StorePaths;
using Ferry.Store;

namespace Ferry.Build.Outputs;

/// <summary>Applies a derivation's own rules on the size and the references of its outputs.</summary>
/// <remarks>The messages are stock's.</remarks>
internal sealed class OutputChecker
{
    private readonly BuildStep _step;
    private readonly StoreDirectory _directory;
    private readonly Func<StorePath, PathInfo> _query;
    private readonly Dictionary<StorePath, BuiltOutput> _byPath;
    private readonly SortedDictionary<string, BuiltOutput> _byName = new(StringComparer.Ordinal);

    /// <param name="step">Whose outputs they are.</param>
    /// <param name="outputs">With references and sizes; those that were valid before are left out.</param>
    /// <param name="directory">For messages.</param>
    /// <param name="query">Knows every valid path.</param>
    public OutputChecker(
        BuildStep step,
        IReadOnlyList<BuiltOutput> outputs,
        StoreDirectory directory,
        Func<StorePath, PathInfo> query
    )
    {
        (_step, _directory, _query) = (step, directory, query);
        _byPath = outputs.ToDictionary(output => output.Path);
        foreach (var output in outputs)
            _byName.Add(output.Name.ToString(), output);
    }

    /// <exception cref="BuildException">A rule is broken.</exception>
    public void Check()
    {
        foreach (var (name, output) in _byName)
        {
            FixedOutputCheck.Check(_step, output, _directory);
            if (
                _step.Options.Checks.TryGetValue(BuildOptions.EveryOutput, out var checks)
                || _step.Options.Checks.TryGetValue(name, out checks)
            )
                Check(output, checks);
        }
    }

    private void Check(BuiltOutput output, OutputChecks checks)
    {
        CheckSizes(output, checks);
        if (checks.AllowedReferences is { } references)
            CheckPaths(output, references, DirectReferences(output), isAllowed: true);
        if (checks.AllowedRequisites is { } requisites)
            CheckPaths(output, requisites, Requisites(output, checks), isAllowed: true);
        if (checks.DisallowedReferences is { Count: > 0 } badReferences)
            CheckPaths(output, badReferences, DirectReferences(output), isAllowed: false);
        if (checks.DisallowedRequisites is { Count: > 0 } badRequisites)
            CheckPaths(output, badRequisites, Requisites(output, checks), isAllowed: false);
    }

    private void CheckSizes(BuiltOutput output, OutputChecks checks)
    {
        if (checks.SizeMax is { } sizeMax && (ulong)output.NarSize > sizeMax)
        {
            throw BuildException.BadOutput(
                $"path '{_directory.Format(output.Path)}' is too large at {output.NarSize} bytes; "
                    + $"limit is {sizeMax} bytes"
            );
        }

        if (checks.ClosureSizeMax is not { } closureMax)
            return;
        var closureSize = Closure(output.Path)
            .Sum(path =>
                _byPath.TryGetValue(path, out var built) ? built.NarSize : _query(path).NarSize
            );
        if ((ulong)closureSize > closureMax)
        {
            throw BuildException.BadOutput(
                $"closure of path '{_directory.Format(output.Path)}' is too large at "
                    + $"{closureSize} bytes; limit is {closureMax} bytes"
            );
        }
    }

    private static HashSet<StorePath> DirectReferences(BuiltOutput output) =>
        [.. output.References];

    private HashSet<StorePath> Requisites(BuiltOutput output, OutputChecks checks)
    {
        var closure = Closure(output.Path);
        if (checks.IgnoresSelfReferences)
            closure.Remove(output.Path);
        return closure;
    }

    private void CheckPaths(
        BuiltOutput output,
        IReadOnlyList<string> rule,
        HashSet<StorePath> used,
        bool isAllowed
    )
    {
        var named = rule.Select(text => Resolve(output, text)).ToHashSet();
        var bad = used.Where(path => named.Contains(path) != isAllowed).Order().ToList();
        if (bad.Count == 0)
            return;
        throw BuildException.BadOutput(
            $"output '{_directory.Format(output.Path)}' is not allowed to refer to the following paths:"
                + string.Concat(bad.Select(path => $"\n  {_directory.Format(path)}"))
        );
    }

    private StorePath Resolve(BuiltOutput output, string text)
    {
        if (_directory.Contains(text))
            return _directory.Split(text).Path;
        if (_byName.TryGetValue(text, out var other))
            return other.Path;
        throw BuildException.BadOutput(
            $"derivation '{_directory.Format(_step.Path)}' output check for '{output.Name}' contains "
                + $"output name '{text}', but this is not a valid output of this derivation. "
                + $"(Valid outputs are [{string.Join(", ", _byName.Keys)}].)"
        );
    }

    // Some of the references are outputs of the same build, which no store knows yet.
    private HashSet<StorePath> Closure(StorePath root)
    {
        var seen = new HashSet<StorePath>();
        var pending = new Stack<StorePath>([root]);
        while (pending.TryPop(out var path))
        {
            if (!seen.Add(path))
                continue;
            var references = _byPath.TryGetValue(path, out var output)
                ? output.References
                : _query(path).References;
            foreach (var reference in references)
                pending.Push(reference);
        }

        return seen;
    }
}
