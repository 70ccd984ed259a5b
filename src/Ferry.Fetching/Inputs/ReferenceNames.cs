namespace Ferry.Fetching.Inputs;

/// <summary>Names that version control gives to commits.</summary>
public static class ReferenceNames
{
    private const int RevisionLength = 40;

    /// <summary>Forty hexadecimal digits.</summary>
    public static bool IsRevision(string text) =>
        text.Length == RevisionLength && text.All(char.IsAsciiHexDigit);

    /// <summary>A name that git accepts for a branch, a tag or a whole reference.</summary>
    /// <remarks>Source: git-check-ref-format(1).</remarks>
    public static bool IsLegal(string name)
    {
        if (name is "" or "@" || name[0] is '/' or '-' || name[^1] is '/' or '.')
            return false;
        if (
            name.Contains("..")
            || name.Contains("@{")
            || name.Contains("//")
            || name.Any(c =>
                c is <= ' ' or '\x7f' or '~' or '^' or ':' or '?' or '*' or '[' or '\\'
            )
        )
            return false;
        return name.Split('/').All(part => !part.StartsWith('.') && !part.EndsWith(".lock"));
    }

    /// <summary>The name of a flake in registries: a letter, then letters, digits, dashes and underscores.</summary>
    public static bool IsFlakeId(string text) =>
        text.Length > 0
        && char.IsAsciiLetter(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
