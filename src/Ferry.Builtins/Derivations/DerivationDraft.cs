using Ferry.Builtins.Json;
using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Formats;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;

namespace Ferry.Builtins.Derivations;

/// <summary>What has been read of a derivation's attributes so far. Owner: one call of <c>derivationStrict</c>.</summary>
internal sealed class DerivationDraft(string name)
{
    private static readonly ByteString s_jsonVariable = "__json";

    public string Name => name;

    public ByteString Builder { get; set; }

    public ByteString System { get; set; }

    public List<ByteString> Arguments { get; } = [];

    public SortedDictionary<ByteString, ByteString> Environment { get; } = [];

    /// <summary>Each attribute as JSON; null without <c>__structuredAttrs</c>.</summary>
    public SortedDictionary<ByteString, ByteString>? Structured { get; set; }

    /// <summary>A whole JSON object from the deprecated attribute <c>__json</c>.</summary>
    public ByteString? Json { get; set; }

    public SortedSet<ByteString> Outputs { get; } = ["out"];

    public string? OutputHash { get; set; }

    public HashKind? OutputHashKind { get; set; }

    public ContentAddressMethod? Method { get; set; }

    public StringContext Context { get; set; } = StringContext.Empty;

    /// <summary>Adds the mentioned objects and gives the bytes.</summary>
    public ByteString Take(StringValue text)
    {
        if (text.HasContext)
            Context = Context.Union(text.Context);
        return new ByteString(text.Bytes);
    }

    public void SetOutputs(IEnumerable<ByteString> names)
    {
        Outputs.Clear();
        foreach (var output in names)
        {
            if (Outputs.Contains(output))
                throw EvaluationException.Failed($"duplicate derivation output '{output}'");

            // The result has an attribute of this name already.
            if (output == "drvPath")
                throw EvaluationException.Failed("invalid derivation output name 'drvPath'");
            Outputs.Add(output);
        }

        if (Outputs.Count == 0)
            throw EvaluationException.Failed("derivation cannot have an empty set of outputs");
    }

    public void SetMethod(ByteString mode)
    {
        Method = mode.ToString() switch
        {
            "recursive" or "nar" => ContentAddressMethod.Recursive,
            "flat" => ContentAddressMethod.Flat,
            "text" => throw Experimental(
                "dynamic-derivations",
                $" (text-hashed derivation '{name}', outputHashMode = \"text\")"
            ),
            "git" => throw Experimental("git-hashing"),
            _ => throw EvaluationException.Failed(
                $"invalid value '{mode}' for 'outputHashMode' attribute"
            ),
        };
    }

    /// <summary>An algorithm that is not known counts as not given: the hash may name its own.</summary>
    public void SetHashKind(ByteString kind)
    {
        if (kind == "blake3")
            throw Experimental("blake3-hashes");
        OutputHashKind = HashKinds.TryParse(kind.ToString());
    }

    /// <summary>The environment with the structured attributes in it.</summary>
    public SortedMap<ByteString, ByteString> FinalEnvironment()
    {
        if (Structured is not null)
            Json = ToJsonObject(Structured);
        if (Json is { } json && !Environment.TryAdd(s_jsonVariable, json))
            throw EvaluationException.Failed(
                "Cannot have an environment variable named '__json'. This key is reserved for encoding structured attrs"
            );
        return SortedMap<ByteString, ByteString>.From(Environment);
    }

    /// <summary>Stock's refusal of something that needs a feature which is off by default, and which is not there yet.</summary>
    public static EvaluationException Experimental(string feature, string reason = "")
    {
        var hint = new Hint(0, 0);
        hint.AppendLiteral("experimental Nix feature '");
        hint.AppendFormatted(feature);
        hint.AppendLiteral($"' is disabled{reason}; add '--extra-experimental-features ");
        hint.AppendFormatted(feature);
        hint.AppendLiteral("' to enable it");
        return EvaluationException.Failed(hint);
    }

    private static ByteString ToJsonObject(SortedDictionary<ByteString, ByteString> members)
    {
        var writer = new JsonWriter();
        writer.Raw("{"u8);
        var separator = ""u8;
        foreach (var (key, value) in members)
        {
            writer.Raw(separator);
            separator = ","u8;
            writer.String(key.Span);
            writer.Raw(":"u8);
            writer.Raw(value.Span);
        }

        writer.Raw("}"u8);
        return new ByteString(writer.Written);
    }
}
