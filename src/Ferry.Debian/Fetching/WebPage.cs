using System.Text;

namespace Ferry.Debian.Fetching;

/// <summary>Recognises the answers of proxies and of networks that want a person to log in first.</summary>
internal static class WebPage
{
    private const int BeginningBytes = 512;

    public static string Hint(string file)
    {
        using var stream = File.OpenRead(file);
        return Hint(stream);
    }

    /// <returns>The end of a sentence; empty for anything but a web page.</returns>
    public static string Hint(Stream content)
    {
        content.Position = 0;
        var beginning = new byte[BeginningBytes];
        var length = content.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        var text = Encoding.Latin1.GetString(beginning, 0, length).TrimStart();
        return
            text.StartsWith("<!DOCTYPE html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            ? ": it is a web page, so a proxy or the network's login page has answered in place of the mirror"
            : "";
    }
}
