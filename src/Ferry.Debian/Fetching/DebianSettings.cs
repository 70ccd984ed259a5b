namespace Ferry.Debian.Fetching;

/// <summary>What the program's settings and the user's directories say about fetching from Debian.</summary>
public sealed record DebianSettings
{
    /// <summary>Fetched packages are kept here, and apt's private state: <c>~/.cache/ferry/debian</c>.</summary>
    public required string CacheDirectory { get; init; }

    /// <summary>Renewed pins are written here: <c>~/.local/state/ferry/debian</c>.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>Public keys of the archive, armoured: what the index must be signed with.</summary>
    public required Func<string> ArchiveKeys { get; init; }

    /// <summary>For hosts without apt.</summary>
    public required IMirrorTransport Transport { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>The setting <c>debian-mirror</c>; null: the mirror that the host's apt uses.</summary>
    public string? Mirror { get; init; }

    /// <summary>
    /// False with <c>--no-update-lock-file</c>: a pin that is gone is an error and nothing is resolved anew.
    /// </summary>
    public bool MayRenewPins { get; init; } = true;

    /// <summary>The name or path of apt-get; null when apt is not to be used.</summary>
    public string? AptGet { get; init; } = "apt-get";

    /// <summary>Tries of each file before apt gives up.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Seconds without a byte after which apt tries again.</summary>
    public int StallSeconds { get; init; } = 20;

    /// <summary>Takes what is on its way and is no package; null when it has ended. Called from any thread.</summary>
    public Action<IndexProgress?> Report { get; init; } = _ => { };
}

/// <param name="What">As in "the index of amd64".</param>
public sealed record IndexProgress(string What)
{
    /// <summary>Bytes so far; null when only a part is known.</summary>
    public long? Received { get; init; }

    /// <summary>Bytes in all; null when nobody has said.</summary>
    public long? Expected { get; init; }

    /// <summary>Of a hundred; null when bytes are known.</summary>
    public int? Percent { get; init; }
}
