using System.Net.Http.Headers;
using System.Text;

namespace Ferry.Fetching.Downloads;

/// <summary>Names and passwords for servers, from a file in the form that ftp began and curl reads.</summary>
/// <remarks>
/// Words: <c>machine HOST login NAME password SECRET</c>, <c>default</c> in place of machine and host as the last entry,
/// <c>account</c> (unused), and <c>macdef</c> with lines up to an empty one (skipped). The first entry of a host counts.
/// </remarks>
public sealed class Netrc
{
    private readonly List<Entry> _entries = [];

    private sealed record Entry(string? Host)
    {
        public string Login { get; set; } = "";

        public string Password { get; set; } = "";
    }

    public static Netrc Empty { get; } = new();

    /// <returns>Without entries when there is no such file, or it cannot be read, as curl has it.</returns>
    public static Netrc Read(string path)
    {
        try
        {
            return File.Exists(path) ? Parse(File.ReadAllText(path)) : Empty;
        }
        catch (UnauthorizedAccessException)
        {
            return Empty;
        }
    }

    public static Netrc Parse(string text)
    {
        var netrc = new Netrc();
        var isMacro = false;
        foreach (var line in text.Split('\n'))
        {
            if (isMacro)
            {
                isMacro = line.Trim().Length > 0;
                continue;
            }

            var words = line.Split(
                (char[])[' ', '\t', '\r'],
                StringSplitOptions.RemoveEmptyEntries
            );
            isMacro = words.Contains("macdef");
            netrc.Take(words);
        }

        return netrc;
    }

    /// <returns>The header for a server; null when the file does not know it.</returns>
    public AuthenticationHeaderValue? For(string host)
    {
        if (_entries.Find(entry => entry.Host is null || entry.Host == host) is not { } found)
            return null;
        var pair = Encoding.UTF8.GetBytes($"{found.Login}:{found.Password}");
        return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(pair));
    }

    // An entry may go over several lines, so the words of a line can belong to the entry before.
    private void Take(string[] words)
    {
        for (var index = 0; index < words.Length && words[index] != "macdef"; index++)
        {
            var argument = index + 1 < words.Length ? words[index + 1] : "";
            switch (words[index])
            {
                case "machine":
                    _entries.Add(new Entry(argument));
                    break;
                case "default":
                    _entries.Add(new Entry(Host: null));
                    continue;
                case "login" when _entries.Count > 0:
                    _entries[^1].Login = argument;
                    break;
                case "password" when _entries.Count > 0:
                    _entries[^1].Password = argument;
                    break;
                case "account":
                    break;
                default:
                    continue;
            }

            index++;
        }
    }
}
