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

    /// <summary>The machine's own file, whether or not it is there.</summary>
    public static string SystemFile(ProcessEnvironment environment) =>
        Path.Combine(environment.Variable("NIX_CONF_DIR") ?? "/etc/nix", "nix.conf");

    /// <summary>The files of the user, whether or not they are there; the first one has the last word.</summary>
    public static IEnumerable<string> UserFiles(ProcessEnvironment environment) =>
        environment.Variable("NIX_USER_CONF_FILES") is { } listed
            ? listed.Split(':')
            : environment
                .ConfigurationFolders()
                .Select(folder => Path.Combine(folder, "nix", "nix.conf"));

    private static IEnumerable<string> Files(ProcessEnvironment environment) =>
        UserFiles(environment).Reverse().Prepend(SystemFile(environment));
}
