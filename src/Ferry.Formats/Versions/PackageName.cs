using System.Text;

namespace Ferry.Formats.Versions;

/// <summary>A package's name taken apart at its version, as <c>parseDrvName</c> does.</summary>
/// <param name="FullName">Both, with the dash between.</param>
/// <param name="Name">Without the version.</param>
/// <param name="Version">Empty for a name without one.</param>
public sealed record PackageName(string FullName, string Name, string Version)
{
    public static PackageName Parse(string fullName)
    {
        var bytes = Encoding.UTF8.GetBytes(fullName);
        var (length, start) = VersionText.SplitName(bytes);
        return new(
            fullName,
            Encoding.UTF8.GetString(bytes, 0, length),
            Encoding.UTF8.GetString(bytes, start, bytes.Length - start)
        );
    }

    /// <returns>-1, 0 or 1.</returns>
    public static int CompareVersions(string left, string right) =>
        VersionText.Compare(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
