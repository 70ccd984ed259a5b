using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Ferry.Builtins.Tests.Recorded;

/// <summary>Answers of stock Nix 2.34.8, one JSON object a line.</summary>
internal static class RecordedFile
{
    public static IEnumerable<JsonElement> Lines(
        string name,
        [CallerFilePath] string callerPath = ""
    )
    {
        _ = callerPath;
        foreach (var line in File.ReadLines(Path(name)))
        {
            if (line.Length > 0)
                yield return JsonDocument.Parse(line).RootElement;
        }
    }

    public static string Path(string name) => System.IO.Path.Combine(Folder(), name);

    private static string Folder([CallerFilePath] string path = "") =>
        System.IO.Path.GetDirectoryName(path)!;
}
