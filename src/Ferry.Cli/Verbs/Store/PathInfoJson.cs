using Ferry.Formats.Json;
using Ferry.Formats.StorePaths;
using Ferry.Store;

namespace Ferry.Cli.Verbs.Store;

/// <summary>What is known of store paths as JSON, in stock's formats 1 (whole paths) and 2 (base names).</summary>
internal sealed class PathInfoJson(StoreDirectory directory, int format)
{
    /// <param name="entries">In order; a null entry is a path that is not valid.</param>
    /// <param name="closureSize">Null leaves closure sizes out.</param>
    public string Write(
        IEnumerable<KeyValuePair<StorePath, PathInfo?>> entries,
        Func<StorePath, long>? closureSize
    )
    {
        var json = new JsonWriter();
        json.StartObject();
        if (format == 2)
        {
            json.Name("info");
            json.StartObject();
        }

        foreach (var (path, info) in entries)
        {
            json.Name(Text(path));
            if (info is null)
                json.Null();
            else
                WriteOne(json, info, closureSize);
        }

        json.EndObject();
        if (format == 2)
        {
            json.Member("storeDir", directory.Path);
            json.Member("version", format);
            json.EndObject();
        }

        return json.ToString();
    }

    private void WriteOne(JsonWriter json, PathInfo info, Func<StorePath, long>? closureSize)
    {
        json.StartObject();
        json.Member("ca", info.ContentAddress?.ToString());
        if (closureSize is not null)
            json.Member("closureSize", closureSize(info.Path));
        json.Member("deriver", info.Deriver is null ? null : Text(info.Deriver));
        json.Member("narHash", info.NarHash.ToSri());
        json.Member("narSize", info.NarSize);
        json.Name("references");
        json.StartList();
        foreach (var reference in info.References)
            json.Value(Text(reference));
        json.EndList();
        json.Member("registrationTime", info.RegistrationTime);
        json.Name("signatures");
        json.StartList();
        foreach (var signature in info.Signatures)
            json.Value(signature);
        json.EndList();
        json.Member("storeDir", directory.Path);
        json.Name("ultimate");
        json.Value(info.IsUltimate);
        json.Member("version", format);
        json.EndObject();
    }

    private string Text(StorePath path) => format == 2 ? path.ToString() : directory.Format(path);
}
