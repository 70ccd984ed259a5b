using System.Buffers;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Parallel;
using Ferry.Evaluation.Values;

namespace Ferry.Builtins;

/// <summary>Builtins on strings, which are bytes with a context.</summary>
internal static class StringBuiltins
{
    public static Builtin[] Table { get; } =
    [
        new(
            "concatStringsSep",
            ["separator", "list"],
            "Joins a list of strings with a separator between them.",
            ConcatStringsSep
        ),
        new(
            "replaceStrings",
            ["from", "to", "s"],
            "Replaces every occurrence of some strings by others, leftmost and first listed first.",
            ReplaceStrings
        ),
        new("stringLength", ["e"], "Returns the number of bytes of a string.", StringLength),
        new(
            "substring",
            ["start", "len", "s"],
            "Returns bytes of a string from a position on; a negative length means all the rest.",
            Substring
        ),
        new("toString", ["e"], "Converts a value to a string.", ToStringValue) { IsGlobal = true },
    ];

    private static Value ConcatStringsSep(in BuiltinCall call)
    {
        var separator = call.ForceString(
            0,
            "while evaluating the first argument (the separator string) passed to builtins.concatStringsSep"
        );
        var list = call.ForceList(
            1,
            "while evaluating the second argument (the list of strings to concat) passed to builtins.concatStringsSep"
        );
        Ahead.OfferText(list.ToValue());
        var parts = new StringValue[list.Length];
        for (var index = 0; index < list.Length; index++)
        {
            parts[index] = call.CoerceToString(
                list[index],
                "while evaluating one element of the list of strings to concat passed to builtins.concatStringsSep"
            );
        }

        return Value.Of(StringValue.Join(parts, separator));
    }

    private static Value ReplaceStrings(in BuiltinCall call)
    {
        var fromList = call.ForceList(0);
        var toList = call.ForceList(1);
        if (fromList.Length != toList.Length)
            throw BuiltinCall.Fail(
                "'from' and 'to' arguments passed to builtins.replaceStrings have different lengths"
            );

        var from = new StringValue[fromList.Length];
        var hasEmpty = false;
        var firstBytes = new bool[256];
        for (var index = 0; index < from.Length; index++)
        {
            from[index] = BuiltinCall.ForceString(
                fromList[index],
                "while evaluating one of the strings to replace passed to builtins.replaceStrings"
            );
            if (from[index].Length == 0)
                hasEmpty = true;
            else
                firstBytes[from[index].Bytes[0]] = true;
        }

        var text = call.ForceString(2);
        return Replace(
            text,
            from,
            toList,
            byteValue => hasEmpty || firstBytes[byteValue],
            hasEmpty
        );
    }

    // Replacements are forced when they are first used, and only their contexts count.
    private static Value Replace(
        StringValue text,
        StringValue[] from,
        ListValue to,
        Func<byte, bool> mayStart,
        bool hasEmpty
    )
    {
        var bytes = text.Bytes;
        var context = text.Context;
        var output = new ArrayBufferWriter<byte>(Math.Max(64, bytes.Length));
        var used = new bool[from.Length];
        var position = 0;
        while (position <= bytes.Length)
        {
            var isAtEnd = position == bytes.Length;
            var found =
                (isAtEnd && hasEmpty) || (!isAtEnd && mayStart(bytes[position]))
                    ? FindAt(bytes[position..], from)
                    : -1;
            if (found >= 0)
            {
                var replacement = BuiltinCall.ForceString(
                    to[found],
                    "while evaluating one of the replacement strings passed to builtins.replaceStrings"
                );
                if (!used[found] && replacement.HasContext)
                    context = context.Union(replacement.Context);
                used[found] = true;
                output.Write(replacement.Bytes);
                position += from[found].Length;
            }

            if (found < 0 || from[found].Length == 0)
            {
                if (!isAtEnd)
                    output.Write(bytes.Slice(position, 1));
                position++;
            }
        }

        return Value.Of(StringValue.Create(output.WrittenSpan, context));
    }

    private static int FindAt(ReadOnlySpan<byte> rest, StringValue[] from)
    {
        for (var index = 0; index < from.Length; index++)
        {
            if (rest.StartsWith(from[index].Bytes))
                return index;
        }

        return -1;
    }

    private static Value StringLength(in BuiltinCall call) =>
        Value.Of(
            (long)
                call.CoerceToString(
                    call.Argument(0),
                    "while evaluating the argument passed to builtins.stringLength"
                ).Length
        );

    private static Value Substring(in BuiltinCall call)
    {
        var start = call.ForceInt(
            0,
            "while evaluating the first argument (the start offset) passed to builtins.substring"
        );
        if (start < 0)
            throw BuiltinCall.Fail("negative start position in 'substring'");
        var length = call.ForceInt(
            1,
            "while evaluating the second argument (the substring length) passed to builtins.substring"
        );

        // An empty part is the way to take only the context, and must not look at the text of anything but a string.
        if (length == 0 && call.Force(2) is { IsString: true } whole)
            return Value.Of(whole.AsString.Substring(0, 0));
        var text = call.CoerceToString(
            call.Argument(2),
            "while evaluating the third argument (the string) passed to builtins.substring"
        );
        if (start >= text.Length)
            return Value.Of(text.Substring(0, 0));
        var rest = text.Length - (int)start;
        return Value.Of(
            text.Substring((int)start, length < 0 || length > rest ? rest : (int)length)
        );
    }

    private static Value ToStringValue(in BuiltinCall call) =>
        Value.Of(
            call.CoerceToString(
                call.Argument(0),
                call.Because(0),
                StringCoercion.More | StringCoercion.CanonicalizePath
            )
        );
}
