using System.Collections.Immutable;
using System.Text;

namespace Ferry.Formats.Urls;

/// <summary>A URL taken apart and decoded. Its text form is what lock files and messages have.</summary>
/// <remarks>Equality is by reference; compare texts. Source: RFC 3986, and stock 2.34.8 for the order of the query.</remarks>
public sealed record Url
{
    private const string KeptInQuery = ":@/?";
    private const string KeptInPath = ":@";

    public required string Scheme { get; init; }

    /// <summary>Null without <c>//</c>.</summary>
    public UrlAuthority? Authority { get; init; }

    /// <summary>The parts between slashes; an absolute path begins with an empty one.</summary>
    public ImmutableArray<string> Path { get; init; } = [""];

    public ImmutableSortedDictionary<string, string> Query { get; init; } = NoQuery;

    public string Fragment { get; init; } = "";

    public static ImmutableSortedDictionary<string, string> NoQuery { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The scheme before <c>+</c>, such as <c>git</c> in <c>git+https</c>; null without one.</summary>
    public string? Application => Scheme.IndexOf('+') is >= 0 and var plus ? Scheme[..plus] : null;

    /// <summary>The scheme after <c>+</c>, or all of it.</summary>
    public string Transport => Scheme[(Scheme.IndexOf('+') + 1)..];

    /// <summary>The path as a file name: decoded, and without a meaning for what it names.</summary>
    /// <exception cref="BadUrlException">A part has a slash or a NUL in it.</exception>
    public string FilePath
    {
        get
        {
            foreach (var part in Path)
            {
                if (part.Contains('/'))
                    throw new BadUrlException(
                        $"URL path component '{part}' contains '/', which is not allowed in file names"
                    );
                if (part.Contains('\0'))
                    throw new BadUrlException(
                        $"URL path component '{part.Replace('\0', '␀')}' contains NUL byte which is not allowed"
                    );
            }

            return JoinFilePath();
        }
    }

    /// <param name="text">A whole URL with its scheme.</param>
    /// <param name="isLenient">Lets spaces and quotes pass in query and fragment, as flake references do.</param>
    /// <exception cref="BadUrlException">The text is no URL; the message says why.</exception>
    public static Url Parse(string text, bool isLenient = false) =>
        new UrlParser(text, isLenient).Parse();

    /// <summary>The pairs of a query; one without <c>=</c> is left out, of two with one name the first counts.</summary>
    /// <exception cref="BadUrlException">A percent sign is not followed by two digits.</exception>
    public static ImmutableSortedDictionary<string, string> ParseQuery(string query)
    {
        var pairs = NoQuery.ToBuilder();
        foreach (var pair in query.Split('&'))
        {
            var equals = pair.IndexOf('=');
            if (equals < 0)
                continue;
            pairs.TryAdd(
                PercentEncoding.Decode(pair[..equals]),
                PercentEncoding.Decode(pair[(equals + 1)..])
            );
        }

        return pairs.ToImmutable();
    }

    /// <summary>The parts of the path of a file.</summary>
    public static ImmutableArray<string> SplitFilePath(string path) => [.. path.Split('/')];

    public Url WithQuery(string name, string value) =>
        this with
        {
            Query = Query.SetItem(name, value),
        };

    public Url WithoutQuery(string name) => this with { Query = Query.Remove(name) };

    /// <summary>The path as it stands in a URL.</summary>
    public string EncodedPath =>
        string.Join('/', Path.Select(part => PercentEncoding.Encode(part, KeptInPath)));

    public override string ToString()
    {
        var text = new StringBuilder(Scheme).Append(':');
        if (Authority is not null)
            text.Append("//").Append(Authority);
        text.Append(EncodedPath);
        if (Query.Count > 0)
        {
            text.Append('?');
            text.AppendJoin(
                '&',
                Query.Select(pair =>
                    $"{PercentEncoding.Encode(pair.Key, KeptInQuery)}={PercentEncoding.Encode(pair.Value, KeptInQuery)}"
                )
            );
        }

        if (Fragment.Length > 0)
            text.Append('#').Append(PercentEncoding.Encode(Fragment));
        return text.ToString();
    }

    // Empty parts vanish, except the first, which makes the path absolute, and the last, which is a slash at the end.
    private string JoinFilePath()
    {
        if (Path.Length == 0)
            return "";
        var isAbsolute = Path[0].Length == 0 && Path.Length > 1;
        var parts = Path.Where(part => part.Length > 0).ToList();
        var text = (isAbsolute ? "/" : "") + string.Join('/', parts);
        return Path[^1].Length == 0 && parts.Count > 0 ? text + "/" : text;
    }
}
