using System.Runtime.CompilerServices;

namespace Ferry.Architecture.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>C# files that a person wrote, as absolute paths in ordinal order.</summary>
    public static IEnumerable<string> HandWrittenSources() =>
        new[] { "src", "tests" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(PathOf(folder), "*.cs", SearchOption.AllDirectories)
            )
            .Where(file => !file.EndsWith(".generated.cs", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static string FindRoot([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
