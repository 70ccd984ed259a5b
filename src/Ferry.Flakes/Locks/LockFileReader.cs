using System.Text.Json;
using Ferry.Fetching;
using Ferry.Fetching.Inputs;
using Ferry.Flakes.References;
using Ferry.Formats;
using Ferry.Formats.Inputs;

namespace Ferry.Flakes.Locks;

/// <summary>Reads <c>flake.lock</c> of the versions 5, 6 and 7. Owner: one call.</summary>
/// <param name="settings">Decide what counts as locked.</param>
/// <param name="name">Of the file, for messages.</param>
/// <param name="warn">Takes a warning, without the word.</param>
public sealed class LockFileReader(FetchSettings settings, string name, Action<string> warn)
{
    private const int OldestVersion = 5;
    private const int NewestVersion = 7;

    private readonly Dictionary<string, LockNode> _nodes = new(StringComparer.Ordinal);
    private JsonElement _json;

    /// <exception cref="FlakeException">It is no lock file.</exception>
    public LockFile Read(ReadOnlyMemory<byte> contents)
    {
        try
        {
            using var document = JsonDocument.Parse(contents);
            return Read(document.RootElement);
        }
        catch (JsonException failure)
        {
            throw new FlakeException($"Could not parse '{name}': {failure.Message}");
        }
        catch (Exception failure)
            when (failure
                    is InvalidOperationException
                        or KeyNotFoundException
                        or BadFormatException
                        or FetchException
            )
        {
            throw new FlakeException($"cannot read lock file '{name}': {failure.Message}");
        }
    }

    private LockFile Read(JsonElement json)
    {
        _json = json;
        var version = json.TryGetProperty("version", out var number) ? number.GetInt32() : 0;
        if (version is < OldestVersion or > NewestVersion)
            throw new FlakeException($"lock file '{name}' has unsupported version {version}");
        var file = new LockFile();
        var root = json.GetProperty("root").GetString()!;
        _nodes[root] = file.Root;
        ReadInputs(file.Root, json.GetProperty("nodes").GetProperty(root));
        return file;
    }

    private void ReadInputs(LockNode node, JsonElement json)
    {
        if (!json.TryGetProperty("inputs", out var inputs))
            return;
        foreach (var input in inputs.EnumerateObject())
        {
            node.Inputs[input.Name] =
                input.Value.ValueKind == JsonValueKind.Array
                    ? new LockEdge.Follows(PathOf(input.Value))
                    : new LockEdge.To(NodeOf(input.Value.GetString()!));
        }
    }

    private LockedNode NodeOf(string key)
    {
        if (_nodes.TryGetValue(key, out var known))
            return known as LockedNode
                ?? throw new FlakeException("lock file contains cycle to root node");
        if (!_json.GetProperty("nodes").TryGetProperty(key, out var json))
            throw new FlakeException($"lock file references missing node '{key}'");
        var node = ReadNode(json);
        _nodes[key] = node;
        ReadInputs(node, json);
        return node;
    }

    private LockedNode ReadNode(JsonElement json)
    {
        var locked = Attributes(json, "locked");
        // Version 5 has some of them apart.
        if (json.TryGetProperty("info", out var info))
        {
            foreach (var (attribute, value) in InputAttributes.FromJson(info))
                locked = locked.With(attribute, value);
        }

        var reference = FlakeReference.Of(locked);
        if (!reference.Input.IsLocked(settings) && reference.Input.RelativePath is null)
            CheckUnlocked(reference);
        return new(
            reference with
            {
                Input = reference.Input.With(FetchInput.FinalMark, true),
            },
            FlakeReference.Of(Attributes(json, "original"))
        )
        {
            IsFlake = !json.TryGetProperty("flake", out var flake) || flake.GetBoolean(),
            Parent = json.TryGetProperty("parent", out var parent) ? PathOf(parent) : null,
        };
    }

    private void CheckUnlocked(FlakeReference reference)
    {
        if (reference.Input.NarHash is null)
            throw new FlakeException(
                $"Lock file contains unlocked input '{reference.Input.Attributes.ToJson()}'. Use '--allow-dirty-locks' to accept this lock file."
            );
        warn(
            $"Lock file entry '{reference}' is unlocked (e.g. lacks a Git revision) but is checked by NAR hash. This is not reproducible and will break after garbage collection or when shared."
        );
    }

    private static InputAttributes Attributes(JsonElement json, string member) =>
        json.TryGetProperty(member, out var attributes)
            ? InputAttributes.FromJson(attributes)
            : throw new FlakeException($"attribute '{member}' missing in lock file");

    private static InputPath PathOf(JsonElement json) =>
        InputPath.Of(json.EnumerateArray().Select(part => part.GetString()!));
}
