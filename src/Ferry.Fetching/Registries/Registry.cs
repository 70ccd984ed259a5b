using System.Text.Json;
using Ferry.Fetching.Inputs;
using Ferry.Formats;
using Ferry.Formats.Inputs;
using JsonWriter = Ferry.Formats.Json.JsonWriter;

namespace Ferry.Fetching.Registries;

public enum RegistryKind
{
    /// <summary>From the command line.</summary>
    Flag,
    User,
    System,
    Global,
}

/// <param name="From">What is translated.</param>
/// <param name="To">Into what.</param>
public sealed record RegistryEntry(FetchInput From, FetchInput To)
{
    /// <summary>The folder of the flake in the other source; null for its top.</summary>
    public string? Folder { get; init; }

    /// <summary>Only the very same reference is translated, not one that says a branch besides.</summary>
    public bool IsExact { get; init; }
}

/// <summary>A list of translations, in the order they are tried.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Entries">First match counts.</param>
public sealed record Registry(RegistryKind Kind, IReadOnlyList<RegistryEntry> Entries)
{
    private const int Version = 2;

    /// <summary>Reads a registry; one that is missing is empty, one that is broken is worth a warning.</summary>
    public static Registry Read(RegistryKind kind, string file, Action<string> warn)
    {
        if (!File.Exists(file))
            return new(kind, []);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            var version = json.RootElement.TryGetProperty("version", out var number)
                ? number.GetInt32()
                : 0;
            if (version != Version)
                throw new FetchException(
                    $"flake registry '{file}' has unsupported version {version}"
                );
            return new(
                kind,
                [.. json.RootElement.GetProperty("flakes").EnumerateArray().Select(Entry)]
            );
        }
        catch (Exception failure)
            when (failure
                    is JsonException
                        or BadFormatException
                        or FetchException
                        or InvalidOperationException
                        or KeyNotFoundException
            )
        {
            warn($"cannot read flake registry '{file}': {failure.Message}");
            return new(kind, []);
        }
    }

    /// <summary>Without what was said of an input, if anything was.</summary>
    public Registry Without(FetchInput from) =>
        this with
        {
            Entries = [.. Entries.Where(entry => !entry.From.Equals(from))],
        };

    /// <summary>With an entry at the end, in place of those that translated the same input.</summary>
    public Registry With(RegistryEntry entry)
    {
        var others = Without(entry.From);
        return others with { Entries = [.. others.Entries, entry] };
    }

    public void Write(string file)
    {
        var json = new JsonWriter(isIndented: true);
        json.StartObject();
        json.Name("flakes");
        json.StartList();
        foreach (var entry in Entries)
        {
            json.StartObject();
            if (entry.IsExact)
            {
                json.Name("exact");
                json.Value(true);
            }

            json.Name("from");
            entry.From.Attributes.WriteJson(json);
            json.Name("to");
            var to = entry.To.Attributes;
            (entry.Folder is { } folder ? to.With("dir", folder) : to).WriteJson(json);
            json.EndObject();
        }

        json.EndList();
        json.Member("version", Version);
        json.EndObject();
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, json.ToString());
    }

    private static RegistryEntry Entry(JsonElement json)
    {
        var to = InputAttributes.FromJson(json.GetProperty("to"));
        return new(
            InputSchemes.Of(InputAttributes.FromJson(json.GetProperty("from"))),
            InputSchemes.Of(to.Without("dir"))
        )
        {
            Folder = to.Text("dir"),
            IsExact = json.TryGetProperty("exact", out var exact) && exact.GetBoolean(),
        };
    }
}
