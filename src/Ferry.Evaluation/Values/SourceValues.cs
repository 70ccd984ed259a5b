using System.Globalization;
using System.Text;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Ports;
using Ferry.Formats.Inputs;
using Ferry.Formats.StorePaths;

namespace Ferry.Evaluation.Values;

/// <summary>What <c>fetchTree</c> and flakes say of a fetched tree.</summary>
public static class SourceValues
{
    private const string NoRevision = "0000000000000000000000000000000000000000";
    private const int ShortRevisionLength = 7;

    /// <param name="directory">Of the store.</param>
    /// <param name="source">The tree.</param>
    /// <param name="style">Differences between the builtins.</param>
    public static AttributeSetBuilder Describe(
        StoreDirectory directory,
        FetchedSource source,
        SourceStyle style
    )
    {
        var set = new AttributeSetBuilder();
        var attributes = source.Attributes;
        set.Add(
            "outPath",
            Value.Of(
                StringValue.Create(
                    Encoding.UTF8.GetBytes(directory.Format(source.Path)),
                    StringContext.Of(ContextElement.Opaque(source.Path))
                )
            )
        );
        AddText(set, attributes, "narHash");
        if (attributes.Text("type") == "git")
            set.Add("submodules", Value.Of(attributes.Switch("submodules")));
        if (!style.HasFlag(SourceStyle.Changed))
            AddRevision(set, attributes, style.HasFlag(SourceStyle.AlwaysRevision));
        AddText(set, attributes, "dirtyRev");
        AddText(set, attributes, "dirtyShortRev");
        if (attributes.Number("lastModified") is { } seconds)
        {
            set.Add("lastModified", Value.Of((long)seconds));
            set.Add("lastModifiedDate", Value.Of(DateText((long)seconds)));
        }

        return set;
    }

    private static void AddRevision(
        AttributeSetBuilder set,
        InputAttributes attributes,
        bool isAlwaysThere
    )
    {
        var revision = attributes.Text("rev") ?? (isAlwaysThere ? NoRevision : null);
        if (revision is not null)
        {
            set.Add("rev", Value.Of(revision));
            set.Add(
                "shortRev",
                Value.Of(revision[..Math.Min(ShortRevisionLength, revision.Length)])
            );
        }

        if (attributes.Number("revCount") is { } count)
            set.Add("revCount", Value.Of((long)count));
        else if (isAlwaysThere)
            set.Add("revCount", Value.Of(0L));
    }

    private static void AddText(AttributeSetBuilder set, InputAttributes attributes, string name)
    {
        if (attributes.Text(name) is { } text)
            set.Add(name, Value.Of(text));
    }

    private static string DateText(long seconds) =>
        DateTimeOffset
            .FromUnixTimeSeconds(seconds)
            .ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}

[Flags]
public enum SourceStyle
{
    Plain = 0,

    /// <summary>A tree without a commit has a revision of zeros (<c>fetchGit</c>).</summary>
    AlwaysRevision = 1,

    /// <summary>The tree is not the commit's any more: no revision is said.</summary>
    Changed = 2,
}
