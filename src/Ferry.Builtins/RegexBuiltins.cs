using System.Collections.Concurrent;
using Ferry.Builtins.RegularExpressions;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Formats;

namespace Ferry.Builtins;

/// <summary>Regular expressions. What they match is told in <see cref="PosixRegex"/>.</summary>
internal static class RegexBuiltins
{
    private static readonly ConcurrentDictionary<ByteString, PosixRegex> s_compiled = new();

    public static Builtin[] Table { get; } =
    [
        new(
            "match",
            ["regex", "str"],
            "Returns the groups if an extended POSIX expression matches the whole string, otherwise null.",
            Match
        ),
        new(
            "split",
            ["regex", "str"],
            "Returns the parts between matches, with the list of each match's groups between them.",
            Split
        ),
    ];

    private static Value Match(in BuiltinCall call)
    {
        var regex = Compile(call);
        var text = call.ForceString(1).Bytes;
        return regex.MatchWhole(text) is { } groups ? Groups(groups, text) : Value.Null;
    }

    // Without a match the string comes back as it was, with its context; parts have none.
    private static Value Split(in BuiltinCall call)
    {
        var regex = Compile(call);
        var whole = call.ForceString(1);
        var text = whole.Bytes;
        var matches = regex.MatchAll(text);
        if (matches.Count == 0)
            return ListValue.Of([Value.Of(whole)]).ToValue();

        var parts = ListValue.Create((2 * matches.Count) + 1);
        var position = 0;
        for (var index = 0; index < matches.Count; index++)
        {
            var match = matches[index];
            parts.Set(2 * index, Value.Of(text[position..match[0].Start]));
            parts.Set((2 * index) + 1, Groups(match, text));
            position = match[0].End;
        }

        parts.Set(2 * matches.Count, Value.Of(text[position..]));
        return parts.ToValue();
    }

    private static PosixRegex Compile(in BuiltinCall call)
    {
        var pattern = call.ForceStringWithoutContext(0);
        var key = new ByteString(pattern.Bytes);
        if (s_compiled.TryGetValue(key, out var known))
            return known;
        try
        {
            return s_compiled.GetOrAdd(key, PosixRegex.Compile(pattern.Bytes));
        }
        catch (RegexSyntaxException failure)
        {
            // Stock looks at the text only once the expression is good.
            throw failure.IsTooLarge
                ? BuiltinCall.Fail($"memory limit exceeded by regular expression '{pattern}'")
                : BuiltinCall.Fail($"invalid regular expression '{pattern}'");
        }
    }

    private static Value Groups(Capture[] captures, ReadOnlySpan<byte> text)
    {
        var groups = ListValue.Create(captures.Length - 1);
        for (var index = 1; index < captures.Length; index++)
        {
            var capture = captures[index];
            groups.Set(
                index - 1,
                capture.IsMatched ? Value.Of(text[capture.Start..capture.End]) : Value.Null
            );
        }

        return groups.ToValue();
    }
}
