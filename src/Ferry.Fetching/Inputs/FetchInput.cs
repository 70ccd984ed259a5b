using Ferry.Formats;
using Ferry.Formats.Hashing;
using Ferry.Formats.Inputs;
using Ferry.Formats.StorePaths;
using Ferry.Formats.Urls;

namespace Ferry.Fetching.Inputs;

/// <summary>What is to be fetched, or what has been: attributes and the scheme that understands them.</summary>
/// <remarks>Equal when the attributes are.</remarks>
public sealed class FetchInput : IEquatable<FetchInput>
{
    /// <summary>Marks an input to which a fetch would add nothing: one from a lock file.</summary>
    public const string FinalMark = "__final";

    private const int ShortRevisionLength = 7;

    private readonly InputScheme? _scheme;

    internal FetchInput(InputAttributes attributes, InputScheme? scheme)
    {
        (Attributes, _scheme) = (attributes, scheme);
        // Wrong types must fail where the input is made.
        _ = Type;
        _ = Ref;
        _ = attributes.Number("revCount");
        _ = attributes.Number("lastModified");
    }

    public InputAttributes Attributes { get; }

    public string Type => Attributes.RequireText("type");

    public string? Ref => Attributes.Text("ref");

    /// <exception cref="BadFormatException">It is no hash.</exception>
    public Hash? Revision =>
        Attributes.Text("rev") is not { } text ? null
        : text.Contains(':') || text.Contains('-') ? Hash.Parse(text)
        : Hash.ParseUnprefixed(text, HashKind.Sha1);

    /// <summary>SHA-256 of the NAR; an empty text counts as all zeros.</summary>
    /// <exception cref="BadFormatException">It is no SRI hash.</exception>
    public Hash? NarHash
    {
        get
        {
            if (Attributes.Text("narHash") is not { } text)
                return null;
            var hash =
                text.Length == 0 ? new Hash(HashKind.Sha256, new byte[32]) : Hash.ParseSri(text);
            return hash.Kind == HashKind.Sha256
                ? hash
                : throw new BadFormatException("narHash must use SHA-256");
        }
    }

    /// <summary>Unix seconds.</summary>
    public ulong? LastModified => Attributes.Number("lastModified");

    public ulong? RevisionCount => Attributes.Number("revCount");

    /// <summary>The name part of the store path.</summary>
    public string Name => Attributes.Text("name") ?? "source";

    public bool IsFinal => Attributes.Switch(FinalMark);

    /// <summary>False for a name that registries must translate.</summary>
    public bool IsDirect => _scheme is null || _scheme.IsDirect;

    /// <summary>A path that is relative to the flake it stands in; null for everything else.</summary>
    public string? RelativePath => _scheme?.RelativePath(this);

    internal InputScheme Scheme =>
        _scheme
        ?? throw new FetchException($"cannot fetch unsupported input '{Attributes.ToJson()}'");

    /// <summary>The same input whenever and wherever it is fetched.</summary>
    public bool IsLocked(FetchSettings settings) =>
        _scheme is not null && _scheme.IsLocked(this, settings);

    public Url ToUrl() =>
        _scheme is null
            ? throw new FetchException($"cannot show unsupported input '{Attributes.ToJson()}'")
            : _scheme.ToUrl(this);

    public override string ToString() => ToUrl().ToString();

    public FetchInput With(string name, InputAttribute value) =>
        new(Attributes.With(name, value), _scheme);

    public FetchInput Without(string name) => new(Attributes.Without(name), _scheme);

    public FetchInput WithNarHash(Hash hash) => With("narHash", hash.ToSri());

    /// <summary>The input with what a person said besides: another branch, another revision.</summary>
    public FetchInput WithOverrides(string? reference, Hash? revision) =>
        _scheme is null ? this : _scheme.WithOverrides(this, reference, revision);

    /// <summary>True when another input names the same thing, perhaps at some branch or revision.</summary>
    public bool Covers(FetchInput other) =>
        Attributes == other.Attributes
        || Attributes == other.Attributes.Without("ref").Without("rev");

    /// <summary>The path that the tree has in a store.</summary>
    public StorePath StorePath(StorePathFactory paths) =>
        NarHash is { } hash
            ? paths.FixedOutput(Name, new ContentAddress(ContentAddressMethod.Recursive, hash))
            : throw new FetchException($"cannot compute store path for unlocked input '{this}'");

    public static string ShortRevision(string revision) =>
        revision.Length <= ShortRevisionLength ? revision : revision[..ShortRevisionLength];

    public bool Equals(FetchInput? other) => other is not null && Attributes == other.Attributes;

    public override bool Equals(object? obj) => Equals(obj as FetchInput);

    public override int GetHashCode() => Attributes.GetHashCode();
}
