using Ferry.Fetching.Inputs;
using Ferry.Formats;
using Ferry.Formats.Inputs;
using Ferry.Formats.Json;

namespace Ferry.Flakes.Locks;

/// <summary>The text of a lock file, byte for byte as stock Nix writes it.</summary>
public sealed class LockFileWriter
{
    private const int Version = 7;

    private readonly Dictionary<LockNode, string> _keys = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, LockNode> _nodes = new(StringComparer.Ordinal);

    private LockFileWriter() { }

    /// <summary>The names that nodes have in the text.</summary>
    public IReadOnlyDictionary<LockNode, string> Keys => _keys;

    /// <param name="file">What to write.</param>
    /// <param name="isIndented">As in files; messages and comparisons need not be.</param>
    public static (string Text, LockFileWriter Writer) Write(LockFile file, bool isIndented = true)
    {
        var writer = new LockFileWriter();
        writer.Name("root", file.Root);
        var json = new JsonWriter(isIndented);
        writer.Write(json);
        return (json.ToString(), writer);
    }

    // Depth first in the order of names; a second node of a name gets a number.
    private void Name(string key, LockNode node)
    {
        if (_keys.ContainsKey(node))
            return;
        var unique = key;
        for (var number = 2; !_used.Add(unique); number++)
            unique = $"{key}_{number}";
        _keys[node] = unique;
        _nodes[unique] = node;
        foreach (var (name, edge) in node.Inputs)
        {
            if (edge is LockEdge.To to)
                Name(name, to.Node);
        }
    }

    private void Write(JsonWriter json)
    {
        json.StartObject();
        json.Name("nodes");
        json.StartObject();
        foreach (var (key, node) in _nodes)
        {
            json.Name(key);
            WriteNode(json, node);
        }

        json.EndObject();
        json.Member("root", "root");
        json.Member("version", Version);
        json.EndObject();
    }

    private void WriteNode(JsonWriter json, LockNode node)
    {
        var locked = node as LockedNode;
        json.StartObject();
        if (locked is { IsFlake: false })
        {
            json.Name("flake");
            json.Value(false);
        }

        if (node.Inputs.Count > 0)
            WriteInputs(json, node);
        if (locked is not null)
        {
            Write(json, "locked", locked.Locked.Attributes.Without(FetchInput.FinalMark));
            Write(json, "original", locked.Original.Attributes);
            if (locked.Parent is { } parent)
            {
                json.Name("parent");
                WritePath(json, parent);
            }
        }

        json.EndObject();
    }

    private void WriteInputs(JsonWriter json, LockNode node)
    {
        json.Name("inputs");
        json.StartObject();
        foreach (var (name, edge) in node.Inputs)
        {
            json.Name(name);
            if (edge is LockEdge.To to)
                json.Value((ByteString)_keys[to.Node]);
            else
                WritePath(json, ((LockEdge.Follows)edge).Path);
        }

        json.EndObject();
    }

    private static void Write(JsonWriter json, string name, InputAttributes attributes)
    {
        json.Name(name);
        attributes.WriteJson(json);
    }

    private static void WritePath(JsonWriter json, InputPath path)
    {
        json.StartList();
        foreach (var name in path.Names)
            json.Value((ByteString)name);
        json.EndList();
    }
}
