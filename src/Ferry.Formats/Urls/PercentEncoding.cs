using System.Text;

namespace Ferry.Formats.Urls;

/// <summary>Bytes that may not stand in a URL, as <c>%XX</c> with upper-case digits.</summary>
public static class PercentEncoding
{
    /// <param name="text">Any text; encoded as UTF-8.</param>
    /// <param name="keep">What stays as it is besides RFC 3986's unreserved characters.</param>
    public static string Encode(string text, string keep = "")
    {
        var result = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            var character = (char)octet;
            if (IsUnreserved(character) || keep.Contains(character))
                result.Append(character);
            else
                result.Append('%').Append(octet.ToString("X2"));
        }

        return result.ToString();
    }

    /// <exception cref="BadUrlException">A percent sign is not followed by two digits.</exception>
    public static string Decode(string text)
    {
        if (!text.Contains('%'))
            return text;
        var source = Encoding.UTF8.GetBytes(text);
        var result = new byte[source.Length];
        var length = 0;
        for (var at = 0; at < source.Length; at++)
        {
            if (source[at] != '%')
            {
                result[length++] = source[at];
                continue;
            }

            if (
                at + 2 >= source.Length
                || !char.IsAsciiHexDigit((char)source[at + 1])
                || !char.IsAsciiHexDigit((char)source[at + 2])
            )
                throw new BadUrlException(
                    $"invalid URI parameter '{text}': invalid percent-encoding"
                );
            result[length++] = Convert.ToByte(
                Encoding.ASCII.GetString(source, at + 1, 2),
                fromBase: 16
            );
            at += 2;
        }

        return Encoding.UTF8.GetString(result, 0, length);
    }

    /// <summary>RFC 3986, section 2.3.</summary>
    public static bool IsUnreserved(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~';
}
