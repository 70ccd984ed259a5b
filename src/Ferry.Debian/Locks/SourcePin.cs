using System.Text.Json;

namespace Ferry.Debian.Locks;

/// <summary>The pin of an upstream archive: <c>source.json</c> beside a package of the set.</summary>
public sealed record SourcePin
{
    /// <summary>Debian's name of the source package: <c>sqlite3</c>.</summary>
    public required string Package { get; init; }

    public required string Version { get; init; }

    /// <summary>Below the mirror's root.</summary>
    public required string Filename { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    public required string Sha256 { get; init; }

    /// <exception cref="DebianException">The text is no pin.</exception>
    public static SourcePin Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LockJson.Default.SourcePin)
                ?? throw new DebianException("the pin is null");
        }
        catch (JsonException exception)
        {
            throw new DebianException($"the pin cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The text of the file: the same for equal pins.</summary>
    public string Format() =>
        JsonSerializer.Serialize(this, LockJson.CreateReadable().SourcePin) + "\n";

    /// <summary>Another file is fetched, whatever its version is called.</summary>
    public bool IsOtherFile(SourcePin newer) =>
        Filename != newer.Filename || Sha256 != newer.Sha256;
}
