using Ferry.Cli.Verbs;

namespace Ferry.Cli.Profiles;

/// <summary>The channels that a person follows: a file with a line <c>URL NAME</c> for each.</summary>
internal sealed class ChannelList
{
    private const string NameMarks = "_.-";

    private static readonly string[] s_schemes = ["file://", "http://", "https://"];

    private ChannelList() { }

    /// <summary>Places by name.</summary>
    public SortedDictionary<string, string> Channels { get; } = new(StringComparer.Ordinal);

    /// <summary>An empty list where there is no file.</summary>
    public static ChannelList Read(string file)
    {
        var list = new ChannelList();
        if (!File.Exists(file))
            return list;
        foreach (var line in File.ReadLines(file))
        {
            if (line.TrimStart().StartsWith('#'))
                continue;
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            var url = words[0].TrimEnd('/');
            list.Channels[words.Length > 1 ? words[1] : LastPart(url)] = url;
        }

        return list;
    }

    public void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(
            file,
            string.Concat(Channels.Select(channel => $"{channel.Value} {channel.Key}\n"))
        );
    }

    /// <param name="url">Where the channel is.</param>
    /// <param name="name">Null for the one that the place suggests.</param>
    /// <exception cref="CommandException">One of them cannot be.</exception>
    public void Add(string url, string? name)
    {
        if (!Array.Exists(s_schemes, scheme => url.StartsWith(scheme, StringComparison.Ordinal)))
            throw new CommandException($"invalid channel URL '{url}'");
        name ??= WithoutEnd(WithoutEnd(LastPart(url), "-unstable"), "-stable");
        if (!IsName(name))
            throw new CommandException($"invalid channel identifier '{name}'");
        Channels[name] = url;
    }

    /// <summary>What follows the last slash.</summary>
    public static string LastPart(string url)
    {
        var text = url.TrimEnd('/');
        return text[(text.LastIndexOf('/') + 1)..];
    }

    private static bool IsName(string name) =>
        name.Length > 0
        && (char.IsAsciiLetterOrDigit(name[0]) || name[0] == '_')
        && name.All(character =>
            char.IsAsciiLetterOrDigit(character) || NameMarks.Contains(character)
        );

    private static string WithoutEnd(string text, string end) =>
        text.EndsWith(end, StringComparison.Ordinal) ? text[..^end.Length] : text;
}
