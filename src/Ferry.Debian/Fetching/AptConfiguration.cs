using System.Text;

namespace Ferry.Debian.Fetching;

/// <summary>
/// The text of a configuration in which apt works in directories of ours and leaves the host's alone.
/// </summary>
/// <remarks>
/// It is read after the host's own configuration, so that proxies, credentials and time limits set there hold.
/// Source: apt.conf(5), sources.list(5).
/// </remarks>
/// <param name="Directory">The private directory, absolute.</param>
/// <param name="Mirror">The root of the archive, without a final slash.</param>
/// <param name="Suite">As in <c>trixie</c>.</param>
/// <param name="Component">As in <c>main</c>.</param>
/// <param name="Architectures">Debian's words, the first being what apt takes for its own.</param>
public sealed record AptConfiguration(
    string Directory,
    string Mirror,
    string Suite,
    string Component,
    IReadOnlyList<string> Architectures
)
{
    /// <summary>Sources have an index of their own, of ten megabytes.</summary>
    public bool HasSources { get; init; }

    /// <summary>Tries of a file after the first one.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>Seconds without a byte.</summary>
    public int TimeoutSeconds { get; init; } = 20;

    /// <summary>The archive's keys, armoured, as its name says to apt.</summary>
    public string KeyFile => Path.Combine(Directory, "archive-keys.asc");

    public string ConfigurationFile => Path.Combine(Directory, "apt.conf");

    public string SourcesFile => Path.Combine(Directory, "sources.list");

    public string ListsDirectory => Path.Combine(Directory, "state", "lists");

    /// <summary>The content of <see cref="ConfigurationFile"/>.</summary>
    public string FormatConfiguration()
    {
        var text = new StringBuilder();
        void Set(string name, string value) => text.Append($"{name} \"{Escape(value)}\";\n");

        Set("Dir::State", Path.Combine(Directory, "state"));
        Set("Dir::State::lists", ListsDirectory);
        Set("Dir::State::status", Path.Combine(Directory, "status"));
        Set("Dir::Cache", Path.Combine(Directory, "cache"));
        Set("Dir::Cache::archives", Path.Combine(Directory, "cache", "archives"));
        // Images for containers switch this one off; without it every call spends seconds on reading the index.
        Set("Dir::Cache::pkgcache", "pkgcache.bin");
        Set("Dir::Cache::srcpkgcache", "");
        Set("Dir::Etc::sourcelist", SourcesFile);
        Set("Dir::Etc::sourceparts", "-");
        Set("Dir::Etc::preferences", Path.Combine(Directory, "preferences"));
        Set("Dir::Etc::preferencesparts", Path.Combine(Directory, "preferences.d"));
        Set("APT::Architecture", Architectures[0]);
        text.Append("#clear APT::Architectures;\n");
        foreach (var architecture in Architectures)
            Set("APT::Architectures::", architecture);
        Set("APT::Install-Recommends", "false");
        // Root's downloads would otherwise be handed to the user _apt, who may not enter root's directories.
        Set("APT::Sandbox::User", "root");
        Set("Acquire::Languages", "none");
        Set("Acquire::Retries", $"{Retries}");
        foreach (var method in new[] { "http", "https" })
            Set($"Acquire::{method}::Timeout", $"{TimeoutSeconds}");
        foreach (
            var hook in new[]
            {
                "APT::Update::Pre-Invoke",
                "APT::Update::Post-Invoke",
                "APT::Update::Post-Invoke-Success",
                "DPkg::Pre-Invoke",
                "DPkg::Post-Invoke",
                "Acquire::IndexTargets::deb::DEP-11",
                "Acquire::IndexTargets::deb::Contents-deb",
            }
        )
            text.Append($"#clear {hook};\n");
        return text.ToString();
    }

    /// <summary>The content of <see cref="SourcesFile"/>.</summary>
    public string FormatSources()
    {
        var archive = $"[signed-by={KeyFile}] {Mirror} {Suite} {Component}\n";
        return HasSources ? $"deb {archive}deb-src {archive}" : $"deb {archive}";
    }

    // apt has no escapes within quotes: a quote would end the value. A space would end the name of the key file.
    private static string Escape(string value) =>
        value.Contains('"', StringComparison.Ordinal)
        || value.Contains(' ', StringComparison.Ordinal)
            ? throw new DebianException(
                $"apt cannot work in '{value}': the name has a quote or a space"
            )
            : value;
}
