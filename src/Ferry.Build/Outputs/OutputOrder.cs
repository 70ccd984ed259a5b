using Ferry.Formats;
using Ferry.Formats.StorePaths;

namespace Ferry.Build.Outputs;

/// <summary>Brings outputs into an order in which each comes after those it refers to.</summary>
internal static class OutputOrder
{
    /// <param name="outputs">With their references.</param>
    /// <param name="derivationPath">Full store path text, for the message.</param>
    /// <exception cref="BuildException">Two outputs refer to each other.</exception>
    public static IReadOnlyList<BuiltOutput> Sort(
        IReadOnlyList<BuiltOutput> outputs,
        string derivationPath
    )
    {
        var search = new Search(outputs, derivationPath);
        foreach (var output in outputs.OrderBy(output => output.Name))
            search.Visit(output, from: output);
        return search.Sorted;
    }

    // Recursion is as deep as a derivation has outputs, and those are few.
    private sealed class Search(IReadOnlyList<BuiltOutput> outputs, string derivationPath)
    {
        private readonly Dictionary<StorePath, BuiltOutput> _byPath = outputs.ToDictionary(output =>
            output.Path
        );
        private readonly HashSet<ByteString> _done = [];
        private readonly HashSet<ByteString> _open = [];

        public List<BuiltOutput> Sorted { get; } = [];

        public void Visit(BuiltOutput output, BuiltOutput from)
        {
            if (_open.Contains(output.Name))
            {
                throw BuildException.BadOutput(
                    $"cycle detected in build of '{derivationPath}' in the references of output "
                        + $"'{output.Name}' from output '{from.Name}'"
                );
            }

            if (!_done.Add(output.Name))
                return;

            _open.Add(output.Name);
            foreach (var reference in output.References)
            {
                if (reference != output.Path && _byPath.TryGetValue(reference, out var other))
                    Visit(other, from: output);
            }

            _open.Remove(output.Name);
            Sorted.Add(output);
        }
    }
}
