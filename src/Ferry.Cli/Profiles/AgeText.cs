using System.Globalization;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;

namespace Ferry.Cli.Profiles;

/// <summary>Ages in days, such as <c>30d</c>.</summary>
internal static class AgeText
{
    private const int SecondsOfDay = 24 * 60 * 60;

    /// <returns>The moment so long ago, in Unix seconds.</returns>
    /// <exception cref="UsageException">It is no age.</exception>
    public static long Parse(Session session, string text)
    {
        if (!text.EndsWith('d'))
            throw session.Usage(
                $"invalid number of days specifier '{text}', expected something like '14d'"
            );
        if (
            !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days)
            || days < 1
        )
            throw session.Usage($"invalid number of days specifier '{text}'");
        return TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - ((long)days * SecondsOfDay);
    }
}
