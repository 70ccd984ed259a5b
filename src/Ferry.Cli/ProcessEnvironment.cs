namespace Ferry.Cli;

/// <summary>What the process was started with. The only place that reads it; everybody else is told.</summary>
/// <param name="Variables">All environment variables.</param>
/// <param name="WorkingDirectory">Absolute.</param>
/// <param name="IsRoot">True when the effective user is root.</param>
internal sealed record ProcessEnvironment(
    IReadOnlyDictionary<string, string> Variables,
    string WorkingDirectory,
    bool IsRoot
)
{
    public static ProcessEnvironment Current()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = (string?)entry.Value ?? "";
        return new(variables, Environment.CurrentDirectory, Environment.IsPrivilegedProcess)
        {
            Program = Environment.ProcessPath,
        };
    }

    /// <returns>Null when the variable is unset; stock treats most empty ones as set.</returns>
    public string? Variable(string name) => Variables.GetValueOrDefault(name);

    /// <summary>Null for a user without a home.</summary>
    public string? Home => Variable("HOME") is { Length: > 0 } home ? home : null;

    public string CacheFolder =>
        Variable("XDG_CACHE_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Home ?? "/tmp", ".cache");

    /// <summary>Where stock's commands and ours keep what can be fetched again.</summary>
    public string NixCacheFolder =>
        Variable("NIX_CACHE_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(CacheFolder, "nix");

    /// <summary>Where results of evaluations are kept.</summary>
    public string EvaluationCacheFolder =>
        Variable("NIX_CACHE_HOME") is { Length: > 0 } folder
            ? Path.Combine(folder, "ferry-evaluations")
            : Path.Combine(CacheFolder, "ferry", "evaluations");

    /// <summary>The file of this program; null where nobody knows.</summary>
    public string? Program { get; init; }

    /// <summary>Where the user's own registry and settings are.</summary>
    public string NixConfigurationFolder =>
        Variable("NIX_CONFIG_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(ConfigurationFolders().First(), "nix");

    public string DataFolder =>
        Variable("XDG_DATA_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Home ?? "/tmp", ".local", "share");

    public string StateFolder =>
        Variable("XDG_STATE_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Home ?? "/tmp", ".local", "state");

    /// <summary>Where the user's own profiles are, unless they are root.</summary>
    public string NixStateFolder =>
        Variable("NIX_STATE_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(StateFolder, "nix");

    /// <summary>The user's own first.</summary>
    public IEnumerable<string> ConfigurationFolders()
    {
        if (Variable("XDG_CONFIG_HOME") is { Length: > 0 } own)
            yield return own;
        else if (Home is not null)
            yield return Path.Combine(Home, ".config");

        var shared = Variable("XDG_CONFIG_DIRS") is { Length: > 0 } listed ? listed : "/etc/xdg";
        foreach (var folder in shared.Split(':', StringSplitOptions.RemoveEmptyEntries))
            yield return folder;
    }
}
