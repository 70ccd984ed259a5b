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

    /// <param name="evaluator">Whose store has it.</param>
    /// <param name="source">The tree.</param>
    /// <param name="style">Differences between the builtins.</param>
    public static AttributeSetBuilder Describe(
        Evaluator evaluator,
        FetchedSource source,
        SourceStyle style
    )
    {
        var attributes = source.Attributes;
        var texts = new SourceAttributes(evaluator.SourceObserver, source.Path);
        if (evaluator.SourceObserver is { } observer)
        {
            texts.Set.IsWatched = true;
            ShapeWatch.Add(() => observer.ShapeSeen(source.Path));
        }

        texts.Add(
            "outPath",
            () =>
                Value.Of(
                    StringValue.Create(
                        Encoding.UTF8.GetBytes(evaluator.Store.Directory.Format(source.Path)),
                        StringContext.Of(ContextElement.Opaque(source.Path))
                    )
                )
        );
        AddText(texts, attributes, "narHash");
        if (attributes.Text("type") == "git")
            texts.Set.Add("submodules", Value.Of(attributes.Switch("submodules")));
        if (!style.HasFlag(SourceStyle.Changed))
            AddRevision(texts, attributes, style.HasFlag(SourceStyle.AlwaysRevision));
        AddText(texts, attributes, "dirtyRev");
        AddText(texts, attributes, "dirtyShortRev");
        if (attributes.Number("lastModified") is { } seconds)
        {
            texts.Add("lastModified", () => Value.Of((long)seconds));
            texts.Add("lastModifiedDate", () => Value.Of(DateText((long)seconds)));
        }

        return texts.Set;
    }

    private static void AddRevision(
        SourceAttributes texts,
        InputAttributes attributes,
        bool isAlwaysThere
    )
    {
        var revision = attributes.Text("rev") ?? (isAlwaysThere ? NoRevision : null);
        if (revision is not null)
        {
            texts.Add("rev", () => Value.Of(revision));
            texts.Add(
                "shortRev",
                () => Value.Of(revision[..Math.Min(ShortRevisionLength, revision.Length)])
            );
        }

        if (attributes.Number("revCount") is { } count)
            texts.Add("revCount", () => Value.Of((long)count));
        else if (isAlwaysThere)
            texts.Add("revCount", () => Value.Of(0L));
    }

    private static void AddText(SourceAttributes texts, InputAttributes attributes, string name)
    {
        if (attributes.Text(name) is { } text)
            texts.Add(name, () => Value.Of(text));
    }

    private static string DateText(long seconds) =>
        DateTimeOffset
            .FromUnixTimeSeconds(seconds)
            .ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    /// <summary>A set under construction, whose attributes tell when a program looks at them.</summary>
    private sealed class SourceAttributes(ISourceObserver? observer, StorePath source)
    {
        public AttributeSetBuilder Set { get; } = new();

        public void Add(string name, Func<Value> make) =>
            Set.Add(
                name,
                observer is null
                    ? make()
                    : DeferredValue.Of(() =>
                    {
                        observer.AttributeSeen(source, name);
                        return make();
                    })
            );
    }
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
