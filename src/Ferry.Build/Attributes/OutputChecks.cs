using System.Globalization;

namespace Ferry.Build.Attributes;

/// <summary>Limits on an output and on what it may refer to.</summary>
public sealed record OutputChecks
{
    /// <summary>An output's reference to itself never counts among its requisites (without structured attributes).</summary>
    public bool IgnoresSelfReferences { get; init; }

    /// <summary>Bytes of the output's NAR.</summary>
    public ulong? SizeMax { get; init; }

    /// <summary>Bytes of the NARs of its closure.</summary>
    public ulong? ClosureSizeMax { get; init; }

    /// <summary>Null: anything is allowed. Empty: nothing is. Each a store path or an output's name.</summary>
    public IReadOnlyList<string>? AllowedReferences { get; init; }

    public IReadOnlyList<string> DisallowedReferences { get; init; } = [];

    public IReadOnlyList<string>? AllowedRequisites { get; init; }

    public IReadOnlyList<string> DisallowedRequisites { get; init; } = [];

    internal static IReadOnlyDictionary<string, OutputChecks> Read(AttributeReader reader)
    {
        if (reader.Structured is null)
        {
            return new Dictionary<string, OutputChecks>
            {
                [BuildOptions.EveryOutput] = Plain(reader),
            };
        }

        const string name = "outputChecks";
        var checks = new Dictionary<string, OutputChecks>();
        if (reader.Member(name) is not { } value)
            return checks;
        foreach (var (output, member) in AttributeReader.AsObject(value, name).Members)
            checks[output] = Structured(AttributeReader.AsObject(member, output), output);
        return checks;
    }

    private static OutputChecks Plain(AttributeReader reader) =>
        new()
        {
            IgnoresSelfReferences = true,
            AllowedReferences = reader.TextSet("allowedReferences")?.ToList(),
            DisallowedReferences = reader.TextSet("disallowedReferences")?.ToList() ?? [],
            AllowedRequisites = reader.TextSet("allowedRequisites")?.ToList(),
            DisallowedRequisites = reader.TextSet("disallowedRequisites")?.ToList() ?? [],
        };

    private static OutputChecks Structured(ObjectAttribute checks, string output)
    {
        return new()
        {
            SizeMax = Size("maxSize"),
            ClosureSizeMax = Size("maxClosureSize"),
            AllowedReferences = Texts("allowedReferences"),
            DisallowedReferences = Texts("disallowedReferences") ?? [],
            AllowedRequisites = Texts("allowedRequisites"),
            DisallowedRequisites = Texts("disallowedRequisites") ?? [],
        };

        IReadOnlyList<string>? Texts(string name) =>
            checks.Members.TryGetValue(name, out var value)
                ? [.. AttributeReader.AsTexts(value, $"outputChecks.\"{output}\".{name}")]
                : null;

        ulong? Size(string name)
        {
            if (!checks.Members.TryGetValue(name, out var value))
                return null;
            return
                value is NumberAttribute number
                && ulong.TryParse(number.Source, NumberStyles.None, null, out var size)
                ? size
                : throw AttributeReader.WrongType(
                    "number",
                    value,
                    $"attribute 'outputChecks.\"{output}\".{name}'"
                );
        }
    }
}
