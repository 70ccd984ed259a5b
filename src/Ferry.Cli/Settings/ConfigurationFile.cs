namespace Ferry.Cli.Settings;

/// <summary>Reads the format of <c>nix.conf</c>: <c>name = value</c> a line, <c>#</c> comments, <c>include</c>.</summary>
internal static class ConfigurationFile
{
    private const int IncludeDepthMax = 100;

    public static void Read(SettingStore settings, string text, string origin, int depth = 0)
    {
        foreach (var raw in text.Split('\n'))
        {
            var line = raw;
            if (line.IndexOf('#', StringComparison.Ordinal) is >= 0 and var comment)
                line = line[..comment];
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;

            if (words.Length == 2 && words[0] is "include" or "!include")
                Include(settings, words[1], origin, isOptional: words[0][0] == '!', depth);
            else if (words.Length >= 2 && words[1] == "=")
                settings.Set(words[0], string.Join(' ', words.Skip(2)), origin);
            else
                throw SettingException.Malformed(raw, origin);
        }
    }

    private static void Include(
        SettingStore settings,
        string name,
        string origin,
        bool isOptional,
        int depth
    )
    {
        var file = Path.Combine(Path.GetDirectoryName(origin) ?? "/", name);
        if (File.Exists(file) && depth < IncludeDepthMax)
            Read(settings, File.ReadAllText(file), file, depth + 1);
        else if (!isOptional)
            throw SettingException.Unreadable(file, origin);
    }
}
