using System.Globalization;

namespace Ferry.Debian.Indexes;

/// <summary>The index of indexes of one suite: which files there are, and their hashes.</summary>
/// <remarks>Source: Debian repository format, "Release" files.</remarks>
public sealed class ReleaseFile
{
    private const int PartsOfFile = 3;

    private readonly Dictionary<string, ReleasedFile> _files = new(StringComparer.Ordinal);

    private ReleaseFile() { }

    /// <summary>Its field <c>Codename</c>: <c>trixie</c>.</summary>
    public string? Codename { get; private set; }

    public string? Suite { get; private set; }

    /// <summary>After this moment somebody may be playing an old archive to us; null for a suite that does not age.</summary>
    public DateTimeOffset? ValidUntil { get; private set; }

    /// <exception cref="DebianException">A line is broken.</exception>
    public static ReleaseFile Parse(string text)
    {
        var release = new ReleaseFile();
        var isHashes = false;
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(' '))
            {
                if (isHashes)
                    release.AddFile(line);
                continue;
            }

            isHashes = line.StartsWith("SHA256:", StringComparison.Ordinal);
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                release.SetField(line[..colon], line[(colon + 1)..].Trim());
        }

        return release;
    }

    /// <summary>The smallest form of a file that can be read: <c>main/binary-amd64/Packages</c>.</summary>
    /// <exception cref="DebianException">The suite has no such file.</exception>
    public ReleasedFile Find(string path) =>
        _files.GetValueOrDefault(path + ".xz")
        ?? _files.GetValueOrDefault(path + ".gz")
        ?? _files.GetValueOrDefault(path)
        ?? throw new DebianException($"the suite '{Codename ?? Suite}' has no '{path}'");

    private void SetField(string name, string value)
    {
        switch (name)
        {
            case "Codename":
                Codename = value;
                break;
            case "Suite":
                Suite = value;
                break;
            case "Valid-Until":
                ValidUntil = DateTimeOffset.TryParse(
                    value.Replace("UTC", "GMT", StringComparison.Ordinal),
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var time
                )
                    ? time
                    : throw new DebianException($"it is valid until '{value}', which is no time");
                break;
        }
    }

    private void AddFile(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (
            parts.Length != PartsOfFile
            || !long.TryParse(
                parts[1],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var size
            )
        )
            throw new DebianException($"it has a broken line: '{line.Trim()}'");
        _files[parts[2]] = new(parts[2], size, parts[0]);
    }
}

/// <param name="Path">Below the folder of the suite.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record ReleasedFile(string Path, long Size, string Sha256);
