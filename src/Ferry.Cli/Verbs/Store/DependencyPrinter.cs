using Ferry.Cli.Composition;
using Ferry.Formats.StorePaths;
using Ferry.Store.Closures;

namespace Ferry.Cli.Verbs.Store;

/// <summary>Prints the ways from a path to another one as a tree.</summary>
internal sealed class DependencyPrinter(
    Session session,
    DependencyGraph graph,
    StorePath from,
    StorePath to
)
{
    // In colours wherever the output goes, as stock has it.
    private const string Seen = "\e[38;5;244m";
    private const string Green = "\e[32;1m";
    private const string Blue = "\e[34;1m";
    private const string Plain = "\e[0m";
    private const string Branch = "├───";
    private const string LastBranch = "└───";
    private const string Line = "│   ";
    private const string Gap = "    ";

    private readonly HashSet<StorePath> _visited = [];

    /// <summary>Every way, not only a shortest one.</summary>
    public bool ShowsAll { get; init; }

    /// <summary>The files that make the reference as well.</summary>
    public bool ShowsFiles { get; init; }

    public void Print()
    {
        if (!ShowsFiles)
            Write("", Text(from));
        Node(from, "");
    }

    /// <returns>False when the other path was reached and one way is enough.</returns>
    private bool Node(StorePath path, string pad)
    {
        if (ShowsFiles)
            Write(pad, $"{Shade(path)}{(pad.Length > 0 ? "→ " : "")}{Text(path)}{Plain}");
        if (path == to && !ShowsAll && from != to)
            return false;
        if (_visited.Contains(path))
            return true;
        if (ShowsFiles)
            _visited.Add(path);

        var next = graph.Steps(path).Where(step => step != path || from == to).ToList();
        var sightings = ShowsFiles
            ? ReferenceSightings
                .Find(session.Store.RealPath(path), next)
                .ToLookup(sighting => sighting.Path)
            : null;
        foreach (var (index, step) in next.Index())
        {
            var isLast = !ShowsAll || index == next.Count - 1;
            if (sightings is not null)
                Files(sightings[step], pad, isLast);
            if (!ShowsFiles)
            {
                Write(pad, $"{Shade(step)}{(isLast ? LastBranch : Branch)}{Text(step)}{Plain}");
                _visited.Add(path);
            }

            if (!Node(step, pad + (isLast ? Gap : Line)))
                return false;
        }

        return true;
    }

    private void Files(IEnumerable<ReferenceSighting> sightings, string pad, bool isLast)
    {
        var isFirst = true;
        foreach (var sighting in sightings)
        {
            var tie = isFirst
                ? isLast
                    ? LastBranch
                    : Branch
                : isLast
                    ? Gap
                    : Line;
            Write(pad + tie, Text(sighting));
            if (!ShowsAll)
                return;
            isFirst = false;
        }
    }

    private string Text(ReferenceSighting sighting)
    {
        var text = sighting.IsLink ? sighting.Text : Printable(sighting.Text);
        var end = sighting.Start + StorePath.DigestTextLength;
        var colour = sighting.Path == to ? Green : Blue;
        var digest = $"{colour}{text[sighting.Start..end]}{Plain}";
        text = text[..sighting.Start] + digest + text[end..];
        return sighting.IsLink ? $"{sighting.File} -> {text}" : $"{sighting.File}: …{text}…";
    }

    private string Shade(StorePath path) => _visited.Contains(path) ? Seen : "";

    private string Text(StorePath path) => session.Store.Directory.Format(path);

    private void Write(string pad, string text) => session.Output.WriteLine(pad + text);

    private static string Printable(string text) =>
        string.Concat(text.Select(character => character is >= ' ' and <= '~' ? character : '.'));
}
