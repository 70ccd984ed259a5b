using Ferry.Cli.Composition;

namespace Ferry.Cli.Settings;

/// <summary>Where settings come from before the command line: stock's files in stock's order, then <c>NIX_CONFIG</c> and <c>NIX_PATH</c>.</summary>
internal static class SettingLoader
{
    public static SettingStore Load(ProcessEnvironment environment)
    {
        var settings = new SettingStore();
        foreach (var file in Files(environment).Where(File.Exists))
            ConfigurationFile.Read(settings, File.ReadAllText(file), file);
        if (environment.Variable("NIX_CONFIG") is { } inline)
            ConfigurationFile.Read(settings, inline, "NIX_CONFIG");
        if (environment.Variable("NIX_PATH") is { } path)
            settings.SetWords("nix-path", SearchPathText.Split(path));
        return settings;
    }

    private static IEnumerable<string> Files(ProcessEnvironment environment)
    {
        yield return Path.Combine(environment.Variable("NIX_CONF_DIR") ?? "/etc/nix", "nix.conf");

        if (environment.Variable("NIX_USER_CONF_FILES") is { } listed)
        {
            // The first file of the list has the last word.
            foreach (var file in listed.Split(':').Reverse())
                yield return file;
            yield break;
        }

        foreach (var folder in environment.ConfigurationFolders().Reverse())
            yield return Path.Combine(folder, "nix", "nix.conf");
    }
}
