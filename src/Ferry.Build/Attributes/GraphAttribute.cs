using Ferry.Formats;
using Ferry.Formats.StorePaths;

namespace Ferry.Build.Attributes;

/// <summary>Reads <c>exportReferencesGraph</c>: names, and the store paths whose closures the builder is told.</summary>
internal static class GraphAttribute
{
    private const string Name = "exportReferencesGraph";

    public static SortedMap<ByteString, IReadOnlyList<StorePath>> Read(
        AttributeReader reader,
        StoreDirectory store
    ) =>
        SortedMap<ByteString, IReadOnlyList<StorePath>>.From(
            reader.Structured is null ? Plain(reader, store) : Structured(reader, store)
        );

    private static IEnumerable<KeyValuePair<ByteString, IReadOnlyList<StorePath>>> Plain(
        AttributeReader reader,
        StoreDirectory store
    )
    {
        var words = reader.PlainWords(Name);
        if (words.Count % 2 != 0)
        {
            throw BuildException.General(
                $"odd number of tokens in '{Name}': '{string.Join(' ', words)}'"
            );
        }

        for (var index = 0; index < words.Count; index += 2)
        {
            if (!IsFileName(words[index]))
                throw BuildException.General($"invalid file name '{words[index]}' in '{Name}'");
            yield return new(words[index], [store.Split(words[index + 1]).Path]);
        }
    }

    private static IEnumerable<KeyValuePair<ByteString, IReadOnlyList<StorePath>>> Structured(
        AttributeReader reader,
        StoreDirectory store
    )
    {
        // A value that is no object is ignored, as stock does.
        if (reader.Member(Name) is not ObjectAttribute graphs)
            yield break;
        foreach (var (key, value) in graphs.Members)
        {
            var paths = Flatten(value).Distinct().Select(text => store.Split(text).Path);
            yield return new(key, [.. paths]);
        }
    }

    private static IEnumerable<string> Flatten(AttributeValue value) =>
        value switch
        {
            TextAttribute text => [text.Text],
            ListAttribute list => list.Elements.SelectMany(Flatten),
            _ => throw BuildException.General($"'{Name}' value is not an array or a string"),
        };

    // Source: Nix manual; it becomes a file in the build directory, so it must not lead out of it.
    private static bool IsFileName(string text) =>
        (char.IsAsciiLetter(text[0]) || text[0] == '_')
        && text.All(character =>
            char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-'
        );
}
