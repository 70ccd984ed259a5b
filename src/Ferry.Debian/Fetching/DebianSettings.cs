namespace Ferry.Debian.Fetching;

/// <summary>What the program's settings and the user's directories say about fetching from Debian.</summary>
public sealed record DebianSettings
{
    /// <summary>Fetched packages are kept here, and apt's private state: <c>~/.cache/ferry/debian</c>.</summary>
    public required string CacheDirectory { get; init; }

    /// <summary>Renewed locks are written here: <c>~/.local/state/ferry/debian</c>.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>The setting <c>debian-mirror</c>; null: the mirror that the host's apt uses.</summary>
    public string? Mirror { get; init; }

    /// <summary>
    /// False with <c>--no-update-lock-file</c>: a pin that is gone is an error and nothing is resolved anew.
    /// </summary>
    public bool MayRenewLocks { get; init; } = true;

    /// <summary>The name or path of apt-get; null when apt is not to be used.</summary>
    public string? AptGet { get; init; } = "apt-get";

    /// <summary>Files with the keys of Debian's archive, on this machine; the first that exists is used.</summary>
    public IReadOnlyList<string> Keyrings { get; init; } =
    [
        "/usr/share/keyrings/debian-archive-keyring.pgp",
        "/usr/share/keyrings/debian-archive-keyring.gpg",
        "/etc/apt/trusted.gpg.d/debian-archive-keyring.gpg",
    ];
}
