using Ferry.Formats.Hashing;
using Ferry.Formats.Json;
using Ferry.Formats.StorePaths;

namespace Ferry.Formats.Derivations;

/// <summary>Derivations as JSON, version 4: what <c>nix derivation show</c> prints since stock 2.34.</summary>
public static class DerivationJson
{
    private const int Version = 4;

    private static readonly ByteString s_structuredAttributes = "__json";

    /// <param name="json">Where to write.</param>
    /// <param name="derivations">By path; written in that order.</param>
    public static void Write(JsonWriter json, SortedMap<StorePath, Derivation> derivations)
    {
        json.StartObject();
        json.Name("derivations");
        json.StartObject();
        foreach (var (path, derivation) in derivations)
        {
            json.Name(path.ToString());
            WriteOne(json, derivation);
        }

        json.EndObject();
        json.Member("version", Version);
        json.EndObject();
    }

    private static void WriteOne(JsonWriter json, Derivation derivation)
    {
        json.StartObject();
        json.Name("args");
        json.StartList();
        foreach (var argument in derivation.Arguments)
            json.Value(argument);
        json.EndList();
        json.Name("builder");
        json.Value(derivation.Builder);
        WriteEnvironment(json, derivation);
        WriteInputs(json, derivation);
        json.Member("name", derivation.Name);
        WriteOutputs(json, derivation);
        if (derivation.Environment.TryGetValue(s_structuredAttributes, out var structured))
        {
            json.Name("structuredAttrs");
            json.Embed(structured.Span);
        }

        json.Name("system");
        json.Value(derivation.System);
        json.Member("version", Version);
        json.EndObject();
    }

    // Structured attributes have a member of their own and are left out here.
    private static void WriteEnvironment(JsonWriter json, Derivation derivation)
    {
        json.Name("env");
        json.StartObject();
        foreach (var (name, value) in derivation.Environment)
        {
            if (name == s_structuredAttributes)
                continue;
            json.Name(name);
            json.Value(value);
        }

        json.EndObject();
    }

    private static void WriteInputs(JsonWriter json, Derivation derivation)
    {
        json.Name("inputs");
        json.StartObject();
        json.Name("drvs");
        json.StartObject();
        foreach (var (path, outputs) in derivation.InputDerivations)
        {
            json.Name(path.ToString());
            json.StartObject();
            json.Name("dynamicOutputs");
            json.StartObject();
            json.EndObject();
            json.Name("outputs");
            json.StartList();
            foreach (var output in outputs)
                json.Value(output);
            json.EndList();
            json.EndObject();
        }

        json.EndObject();
        json.Name("srcs");
        json.StartList();
        foreach (var source in derivation.InputSources)
            json.Value(source.ToString());
        json.EndList();
        json.EndObject();
    }

    private static void WriteOutputs(JsonWriter json, Derivation derivation)
    {
        json.Name("outputs");
        json.StartObject();
        foreach (var (name, output) in derivation.Outputs)
        {
            json.Name(name);
            json.StartObject();
            switch (output)
            {
                case DerivationOutput.InputAddressed known:
                    json.Member("path", known.Path.ToString());
                    break;
                case DerivationOutput.Fixed { Address: var address }:
                    json.Member("hash", address.Hash.ToSri());
                    json.Member("method", address.Method.Name());
                    break;
                case DerivationOutput.Floating { Method: var method, Kind: var kind }:
                    json.Member("hashAlgo", kind.Name());
                    json.Member("method", method.Name());
                    break;
                case DerivationOutput.Impure { Method: var method, Kind: var kind }:
                    json.Member("hashAlgo", kind.Name());
                    json.Name("impure");
                    json.Value(true);
                    json.Member("method", method.Name());
                    break;
            }

            json.EndObject();
        }

        json.EndObject();
    }
}
