using Ferry.Formats.StorePaths;

namespace Ferry.Store.Closures;

/// <summary>Prints a part of a store's reference graph in the forms of <c>nix-store --query</c>.</summary>
public sealed class ReferencePrinter(IStore store, TextWriter output)
{
    private static readonly string[] s_colours =
    [
        "black",
        "red",
        "green",
        "blue",
        "magenta",
        "burlywood",
    ];

    // A path's references are printed once; later only a mark that they were.
    private readonly HashSet<StorePath> _printed = [];
    private int _edges;

    /// <summary><c>--tree</c>: one line a path, what it refers to indented below it.</summary>
    /// <remarks>Print several roots with one printer: what one has shown the next does not repeat.</remarks>
    public void Tree(StorePath path)
    {
        // References in an order in which each path stands as high as it can, which keeps the tree flat.
        var open = new Stack<(StorePath Path, string FirstPad, string Pad)>();
        open.Push((path, "", ""));
        while (open.TryPop(out var line))
        {
            var isNew = _printed.Add(line.Path);
            output.Write(
                $"{line.FirstPad}{store.Directory.Format(line.Path)}{(isNew ? "" : " [...]")}\n"
            );
            if (!isNew)
                continue;
            var sorted = store.SortTopologically(store.RequireInfo(line.Path).References);
            // The order is the reverse of the sorted one, and so is the stack's.
            for (var index = 0; index < sorted.Count; index++)
            {
                var isLast = index == 0;
                open.Push(
                    (
                        sorted[index],
                        line.Pad + (isLast ? "└───" : "├───"),
                        line.Pad + (isLast ? "    " : "│   ")
                    )
                );
            }
        }
    }

    /// <summary><c>--graph</c>: Graphviz.</summary>
    public void Dot(IEnumerable<StorePath> roots)
    {
        output.Write("digraph G {\n");
        Walk(
            roots,
            info =>
                output.Write(
                    $"\"{info.Path}\" [label = \"{info.Path.Name}\", shape = box, style = filled, fillcolor = \"#ff0000\"];\n"
                ),
            (path, reference) =>
                output.Write(
                    $"\"{reference}\" -> \"{path}\" [color = \"{s_colours[_edges++ % s_colours.Length]}\"];\n"
                )
        );
        output.Write("}\n");
    }

    /// <summary><c>--graphml</c>.</summary>
    public void GraphMl(IEnumerable<StorePath> roots)
    {
        output.Write(
            "<?xml version='1.0' encoding='utf-8'?>\n"
                + "<graphml xmlns='http://graphml.graphdrawing.org/xmlns'\n"
                + "    xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'\n"
                + "    xsi:schemaLocation='http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd'>\n"
                + "<key id='narSize' for='node' attr.name='narSize' attr.type='long'/>"
                + "<key id='name' for='node' attr.name='name' attr.type='string'/>"
                + "<key id='type' for='node' attr.name='type' attr.type='string'/>"
                + "<graph id='G' edgedefault='directed'>\n"
        );
        Walk(
            roots,
            info =>
                output.Write(
                    $"  <node id=\"{info.Path}\">\n"
                        + $"    <data key=\"narSize\">{info.NarSize}</data>\n"
                        + $"    <data key=\"name\">{SymbolicName(info.Path.Name)}</data>\n"
                        + $"    <data key=\"type\">{(info.Path.IsDerivation ? "derivation" : "output-path")}</data>\n"
                        + "  </node>\n"
                ),
            (path, reference) =>
                output.Write($"  <edge source=\"{path}\" target=\"{reference}\"/>\n")
        );
        output.Write("</graph>\n</graphml>\n");
    }

    private void Walk(
        IEnumerable<StorePath> roots,
        Action<PathInfo> node,
        Action<StorePath, StorePath> edge
    )
    {
        var pending = new SortedSet<StorePath>(roots);
        var done = new HashSet<StorePath>();
        while (pending.Min is { } path)
        {
            pending.Remove(path);
            if (!done.Add(path))
                continue;
            var info = store.RequireInfo(path);
            node(info);
            foreach (var reference in info.References)
            {
                if (reference == path)
                    continue;
                pending.Add(reference);
                edge(path, reference);
            }
        }
    }

    // Up to and with the first dash, or all of it: that is what stock prints.
    private static string SymbolicName(string name) =>
        name.IndexOf('-') is >= 0 and var dash ? name[..(dash + 1)] : "";
}
