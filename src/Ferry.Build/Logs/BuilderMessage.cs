using System.Text.Json;

namespace Ferry.Build.Logs;

/// <summary>A structured line that a builder writes among its log: <c>@nix {"action":…}</c>.</summary>
/// <param name="Phase">The phase that begins; null for any other message.</param>
public readonly record struct BuilderMessage(string? Phase)
{
    private static ReadOnlySpan<byte> Prefix => "@nix "u8;

    /// <returns>
    /// Null when the line is ordinary text. A line with the prefix whose JSON is broken is text too: stock
    /// shows it after a complaint, and it must not be lost.
    /// </returns>
    public static BuilderMessage? TryParse(ReadOnlyMemory<byte> line)
    {
        if (!line.Span.StartsWith(Prefix))
            return null;

        try
        {
            using var document = JsonDocument.Parse(line[Prefix.Length..]);
            var root = document.RootElement;
            return
                root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty("action", out var action)
                && action.ValueKind == JsonValueKind.String
                ? new BuilderMessage(PhaseOf(root, action.GetString()))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? PhaseOf(JsonElement root, string? action) =>
        action == "setPhase"
        && root.TryGetProperty("phase", out var phase)
        && phase.ValueKind == JsonValueKind.String
            ? phase.GetString()
            : null;
}
