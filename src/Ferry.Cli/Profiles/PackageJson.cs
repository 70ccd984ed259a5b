using System.Text;
using Ferry.Builtins.Derivations;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Printing;
using Ferry.Formats;
using Ferry.Formats.Json;

namespace Ferry.Cli.Profiles;

/// <summary>Packages as JSON, by their attribute paths. On the evaluation thread.</summary>
internal sealed class PackageJson(PackageQuery query, PackageQueryOptions options)
{
    public byte[] Print(IReadOnlyList<PackageInformation> packages)
    {
        var items = new SortedDictionary<string, PackageInformation>(StringComparer.Ordinal);
        foreach (var package in packages)
            items[package.AttributePath] = package;
        var json = new JsonWriter(isIndented: true);
        json.StartObject();
        query.ForEach(
            items.Values,
            package =>
            {
                // Everything that may fail is computed before anything is written.
                var item = Item(package);
                json.Name(package.AttributePath);
                item(json);
            }
        );
        json.EndObject();
        return [.. json.Written, (byte)'\n'];
    }

    private Action<JsonWriter> Item(PackageInformation package)
    {
        var name = package.ParsedName;
        var (system, outputName) = (package.System, package.OutputName);
        var outputs = package.Outputs(options.ShowsOutputPath);
        var derivation = options.ShowsDerivationPath ? package.DerivationPath : null;
        var meta = options.ShowsMeta ? Meta(package) : null;
        return json =>
        {
            json.StartObject();
            if (derivation is not null)
                json.Member("drvPath", query.Format(derivation));
            if (meta is not null)
            {
                json.Name("meta");
                json.StartObject();
                foreach (var (key, value) in meta)
                {
                    json.Name(key);
                    if (value is null)
                        json.Null();
                    else
                        Write(json, value.Value);
                }

                json.EndObject();
            }

            json.Member("name", name.FullName);
            json.Member("outputName", outputName);
            json.Name("outputs");
            json.StartObject();
            foreach (var (output, path) in outputs)
                json.Member(output, path is null ? null : query.Format(path));
            json.EndObject();
            json.Member("pname", name.Name);
            json.Member("system", system);
            json.Member("version", name.Version);
            json.EndObject();
        };
    }

    private List<(string Name, Value? Value)> Meta(PackageInformation package)
    {
        var meta = new List<(string, Value?)>();
        foreach (var name in package.MetaNames)
        {
            if (package.Meta(name) is { } value)
                meta.Add((name, value));
            else
            {
                query.Run.Note($"derivation '{package.Name}' has invalid meta attribute '{name}'");
                meta.Add((name, null));
            }
        }

        return meta;
    }

    // Metadata are plain data, computed already.
    private static void Write(JsonWriter json, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                json.Value(new ByteString(value.AsString.Bytes));
                break;
            case ValueKind.Integer:
                json.Value(value.AsInteger);
                break;
            case ValueKind.Float:
                json.Embed(Encoding.UTF8.GetBytes(FloatText.Json(value.AsFloat)));
                break;
            case ValueKind.Boolean:
                json.Value(value.AsBoolean);
                break;
            case ValueKind.List:
                json.StartList();
                for (var index = 0; index < value.AsList.Length; index++)
                    Write(json, value.AsList.Force(index));
                json.EndList();
                break;
            default:
                var set = value.AsAttributeSet;
                json.StartObject();
                foreach (var index in set.NameOrder())
                {
                    json.Name(new ByteString(set.SymbolAt(index).Bytes));
                    Write(json, set.Force(index));
                }

                json.EndObject();
                break;
        }
    }
}
