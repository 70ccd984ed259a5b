using System.Reflection;

namespace Ferry.Cli;

internal static class Versions
{
    /// <summary>From <c>Directory.Build.props</c>.</summary>
    public static string Ferry { get; } =
        typeof(Versions)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion
        ?? "0";
}
