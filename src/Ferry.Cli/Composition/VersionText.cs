using System.Text;
using Ferry.Cli.Settings;

namespace Ferry.Cli.Composition;

/// <summary>What <c>--version</c> says with <c>--verbose</c>, in stock's form.</summary>
internal static class VersionText
{
    public static string Details(SessionOptions options)
    {
        var environment = options.Environment;
        using var site = StoreSite.Open(options);
        return new StringBuilder()
            .Append($"System type: {options.System}\n")
            .Append($"Additional system types: {string.Join(", ", ExtraSystems(options))}\n")
            .Append("Features: gc, signed-caches\n")
            .Append($"System configuration file: \"{SettingLoader.SystemFile(environment)}\"\n")
            .Append(
                $"User configuration files: {string.Join(':', SettingLoader.UserFiles(environment))}\n"
            )
            .Append($"Store directory: {site.Directory.Path}\n")
            .Append($"State directory: \"{site.Location.StateDirectory}\"\n")
            .ToString();
    }

    private static IEnumerable<string> ExtraSystems(SessionOptions options) =>
        Systems
            .RunBy(options.System)
            .Concat(options.Settings.Words("extra-platforms"))
            .Where(system => system != options.System)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
}
