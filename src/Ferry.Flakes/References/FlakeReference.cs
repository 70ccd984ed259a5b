using Ferry.Fetching.Inputs;
using Ferry.Formats.Inputs;
using Ferry.Formats.Urls;

namespace Ferry.Flakes.References;

/// <summary>Where a flake is: a source, and a folder in it.</summary>
/// <param name="Input">The source.</param>
/// <param name="Folder">Relative to the source; empty for its top.</param>
public sealed record FlakeReference(FetchInput Input, string Folder)
{
    private const string FolderAttribute = "dir";

    /// <summary>The name of the package set that is part of this program.</summary>
    public const string PackageSetId = "packages";

    /// <summary>As lock files have it.</summary>
    public InputAttributes Attributes =>
        Folder.Length > 0 ? Input.Attributes.With(FolderAttribute, Folder) : Input.Attributes;

    /// <summary>It means the package set that is part of this program.</summary>
    public bool IsPackageSet =>
        Input.Type == "indirect"
        && Input.Attributes.Text("id") == PackageSetId
        && Input.Ref is null
        && Input.Revision is null;

    /// <param name="text">As typed, without a fragment.</param>
    /// <param name="options">How to read it.</param>
    /// <exception cref="FlakeException">It is no reference, or leads to no flake.</exception>
    public static FlakeReference Parse(string text, FlakeReferenceOptions options)
    {
        var (reference, fragment) = ParseWithFragment(text, options);
        return fragment.Length == 0
            ? reference
            : throw new FlakeException(
                $"unexpected fragment '{fragment}' in flake reference '{text}'"
            );
    }

    /// <param name="text">As typed; what follows <c>#</c> comes back decoded.</param>
    /// <param name="options">How to read it.</param>
    /// <exception cref="FlakeException">It is no reference, or leads to no flake.</exception>
    public static (FlakeReference Reference, string Fragment) ParseWithFragment(
        string text,
        FlakeReferenceOptions options
    ) => new FlakeReferenceParser(text, options).Parse();

    public static FlakeReference Of(InputAttributes attributes) =>
        new(
            InputSchemes.Of(attributes.Without(FolderAttribute)),
            attributes.Text(FolderAttribute) ?? ""
        );

    internal static FlakeReference Of(Url url, bool isFlake) =>
        new(
            InputSchemes.Parse(url.WithoutQuery(FolderAttribute) with { Fragment = "" }, isFlake),
            url.Query.GetValueOrDefault(FolderAttribute, "")
        );

    /// <summary>Old references have the folder in the URL as well; without that, old and new ones compare equal.</summary>
    public FlakeReference Canonicalise()
    {
        if (Input.Attributes.Text("url") is not { } text)
            return this;
        try
        {
            var url = Url.Parse(text, isLenient: true);
            if (Folder.Length > 0 && url.Query.GetValueOrDefault(FolderAttribute) == Folder)
                url = url.WithoutQuery(FolderAttribute);
            return this with { Input = Input.With("url", url.ToString()) };
        }
        catch (BadUrlException)
        {
            return this;
        }
    }

    public override string ToString()
    {
        var url = Input.ToUrl();
        return Folder.Length == 0 || url.Query.ContainsKey(FolderAttribute)
            ? url.ToString()
            : url.WithQuery(FolderAttribute, Folder).ToString();
    }
}
