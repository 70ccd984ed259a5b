using Ferry.Evaluation;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Ports;
using Ferry.Evaluation.Values;
using Ferry.Formats.Inputs;

namespace Ferry.Builtins.Fetchers;

/// <summary><c>fetchMercurial</c>.</summary>
internal static class MercurialBuiltin
{
    private const int RevisionLength = 40;
    private const int ShortRevisionLength = 12;
    private static readonly string s_noRevision = new('0', RevisionLength);

    public static Value FetchMercurial(in BuiltinCall call)
    {
        var argument = call.Force(0);
        var attributes = InputAttributes.Of(("type", "hg"), ("name", "source"));
        attributes = argument.IsAttributeSet
            ? Read(call, argument.AsAttributeSet, attributes)
            : attributes.With("url", Text(call, argument));
        var url = attributes.Text("url") is { Length: > 0 } given
            ? given
            : throw BuiltinCall.Fail("'url' argument required");
        UriAccess.Check(call.Evaluator, url);
        if (call.Settings.IsPure && !attributes.Contains("rev"))
            throw BuiltinCall.Fail(
                "in pure evaluation mode, 'fetchMercurial' requires a Mercurial revision"
            );
        if (!url.Contains("://"))
            attributes = attributes.With("url", "file://" + url);
        return Describe(call, call.Fetcher.Of(attributes).Fetch(FetchMode.Copy));
    }

    // Unlike with git, "rev" may be a branch or tag here.
    private static InputAttributes Read(
        in BuiltinCall call,
        AttributeSet set,
        InputAttributes attributes
    )
    {
        foreach (var index in set.NameOrder())
        {
            var (name, position) = (set.SymbolAt(index).ToString(), set.PositionAt(index));
            switch (name)
            {
                case "url":
                    attributes = attributes.With("url", Text(call, set[index]));
                    break;
                case "rev":
                    var revision = call.ForceStringWithoutContext(
                            set[index],
                            "while evaluating the `rev` attribute passed to builtins.fetchMercurial",
                            position
                        )
                        .ToString();
                    attributes = attributes.With(IsRevision(revision) ? "rev" : "ref", revision);
                    break;
                case "name":
                    attributes = attributes.With(
                        "name",
                        call.ForceStringWithoutContext(
                                set[index],
                                "while evaluating the `name` attribute passed to builtins.fetchMercurial",
                                position
                            )
                            .ToString()
                    );
                    break;
                default:
                    throw EvaluationException.Failed(
                        $"unsupported argument '{name}' to 'fetchMercurial'",
                        position
                    );
            }
        }

        return attributes;
    }

    private static Value Describe(in BuiltinCall call, FetchedSource source)
    {
        var set = new AttributeSetBuilder();
        set.Add(
            KnownNames.OutPath,
            Value.Of(
                StringValue.Create(
                    call.Store.Directory.Format(source.Path),
                    StringContext.Of(ContextElement.Opaque(source.Path))
                )
            )
        );
        if (source.Attributes.Text("ref") is { } branch)
            set.Add("branch", Value.Of(branch));
        var revision = source.Attributes.Text("rev") ?? s_noRevision;
        set.Add("rev", Value.Of(revision));
        set.Add("shortRev", Value.Of(revision[..ShortRevisionLength]));
        if (source.Attributes.Number("revCount") is { } count)
            set.Add("revCount", Value.Of((long)count));
        return set.ToValue();
    }

    private static bool IsRevision(string text) =>
        text.Length == RevisionLength && text.All(char.IsAsciiHexDigit);

    private static string Text(in BuiltinCall call, Value value) =>
        call.CoerceToString(
                value,
                "while evaluating the first argument passed to builtins.fetchMercurial",
                StringCoercion.None
            )
            .ToString();
}
