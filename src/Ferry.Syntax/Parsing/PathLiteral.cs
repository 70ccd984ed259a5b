using System.Text;

namespace Ferry.Syntax.Parsing;

/// <summary>Makes the paths that path literals mean, by text alone: no link is followed.</summary>
internal static class PathLiteral
{
    /// <returns>The path without empty parts, <c>.</c> and <c>..</c>; a slash at the end is kept.</returns>
    public static byte[] Absolute(ReadOnlySpan<byte> written) =>
        Canonical(written, endsWithSlash: written.Length > 1 && written[^1] == '/');

    /// <param name="written">As in the program.</param>
    /// <param name="baseDirectory">Absolute.</param>
    public static byte[] Relative(ReadOnlySpan<byte> written, string baseDirectory)
    {
        byte[] joined = [.. Encoding.UTF8.GetBytes(baseDirectory), (byte)'/', .. written];
        return Canonical(joined, endsWithSlash: written.Length > 1 && written[^1] == '/');
    }

    private static byte[] Canonical(ReadOnlySpan<byte> path, bool endsWithSlash)
    {
        var result = new byte[path.Length + 2];
        var length = 0;
        foreach (var range in path.Split((byte)'/'))
        {
            var part = path[range];
            if (part is [] or [(byte)'.'])
                continue;

            if (part is [(byte)'.', (byte)'.'])
            {
                // Above the root is the root.
                length = Math.Max(0, result.AsSpan(0, length).LastIndexOf((byte)'/'));
                continue;
            }

            result[length++] = (byte)'/';
            part.CopyTo(result.AsSpan(length));
            length += part.Length;
        }

        // The root is written with a slash already and gets the second one all the same, as in stock.
        if (length == 0)
            result[length++] = (byte)'/';
        if (endsWithSlash)
            result[length++] = (byte)'/';
        return result[..length];
    }
}
