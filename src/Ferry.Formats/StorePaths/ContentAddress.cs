using Ferry.Formats.Hashing;

namespace Ferry.Formats.StorePaths;

/// <summary>How a content address was computed from a file tree.</summary>
public enum ContentAddressMethod
{
    /// <summary>The bytes of one regular file, which may have references: derivations and <c>toFile</c>.</summary>
    Text,

    /// <summary>The bytes of one regular file without references.</summary>
    Flat,

    /// <summary>The NAR of a file tree. Stock: "nar" or "recursive".</summary>
    Recursive,
}

/// <summary>Text forms of <see cref="ContentAddressMethod"/>.</summary>
public static class ContentAddressMethods
{
    /// <summary>The prefix before a hash algorithm in a derivation: <c>text:</c>, nothing, <c>r:</c>.</summary>
    public static string Prefix(this ContentAddressMethod method) =>
        method switch
        {
            ContentAddressMethod.Text => "text:",
            ContentAddressMethod.Recursive => "r:",
            _ => "",
        };

    /// <summary>The name in options and JSON: <c>text</c>, <c>flat</c>, <c>nar</c>.</summary>
    public static string Name(this ContentAddressMethod method) =>
        method switch
        {
            ContentAddressMethod.Text => "text",
            ContentAddressMethod.Recursive => "nar",
            _ => "flat",
        };

    /// <summary>Takes <c>METHOD:</c> from the start of a text such as <c>r:sha256</c>.</summary>
    /// <exception cref="BadFormatException">The method is git, which is an experiment of stock's.</exception>
    public static ContentAddressMethod TakePrefix(ref ReadOnlySpan<char> text)
    {
        if (text.StartsWith("git:"))
            throw new BadFormatException(
                "experimental Nix feature 'git-hashing' is disabled; add '--extra-experimental-features git-hashing' to enable it (this program has no git hashing)"
            );
        foreach (
            var method in (ReadOnlySpan<ContentAddressMethod>)
                [ContentAddressMethod.Recursive, ContentAddressMethod.Text]
        )
        {
            if (!text.StartsWith(method.Prefix()))
                continue;
            text = text[method.Prefix().Length..];
            return method;
        }
        return ContentAddressMethod.Flat;
    }
}

/// <summary>What a store object's contents must hash to for its path to be right without any signature.</summary>
public sealed record ContentAddress(ContentAddressMethod Method, Hash Hash)
{
    /// <summary><c>METHOD-PREFIX KIND</c> as in a derivation's output: <c>r:sha256</c>.</summary>
    public string MethodAndKind => Method.Prefix() + Hash.Kind.Name();

    /// <summary>Parses <c>text:KIND:HASH</c>, <c>fixed:KIND:HASH</c> or <c>fixed:r:KIND:HASH</c>.</summary>
    /// <exception cref="BadFormatException">The text is no content address.</exception>
    public static ContentAddress Parse(string text)
    {
        var colon = text.IndexOf(':');
        if (colon < 0)
            throw new BadFormatException(
                $"not a content address because it is not in the form '<prefix>:<rest>': {text}"
            );
        var prefix = text[..colon];
        var rest = text.AsSpan(colon + 1);
        var method = prefix switch
        {
            "text" => ContentAddressMethod.Text,
            "fixed" => ContentAddressMethods.TakePrefix(ref rest),
            _ => throw new BadFormatException(
                $"content address prefix '{prefix}' is unrecognized. Recogonized prefixes are 'text' or 'fixed'"
            ),
        };
        colon = rest.IndexOf(':');
        if (colon < 0)
            throw new BadFormatException(
                $"content address hash must be in form '<algo>:<hash>', but found: {text}"
            );
        var kind = HashKinds.Parse(rest[..colon]);
        return new ContentAddress(
            method,
            Hash.ParseUnprefixed(rest[(colon + 1)..].ToString(), kind)
        );
    }

    /// <summary>The text form of narinfo and of the database's column <c>ca</c>.</summary>
    public override string ToString() =>
        (Method == ContentAddressMethod.Text ? "text:" : $"fixed:{Method.Prefix()}")
        + Hash.ToNix32WithKind();
}
