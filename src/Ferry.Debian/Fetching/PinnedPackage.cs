namespace Ferry.Debian.Fetching;

/// <summary>One Debian package, down to its bytes.</summary>
public sealed record PinnedPackage
{
    public required string Name { get; init; }

    /// <summary>As Debian writes it, with epoch and revision.</summary>
    public required string Version { get; init; }

    /// <summary>Debian's word: <c>amd64</c>, <c>all</c>; <c>source</c> for a file of a source package.</summary>
    public required string Architecture { get; init; }

    /// <summary>Below the mirror's root: <c>pool/main/b/bash/bash_5.2.37-2+b10_amd64.deb</c>.</summary>
    public required string Filename { get; init; }

    /// <summary>Bytes; null when it is not known.</summary>
    public long? Size { get; init; }

    /// <summary>64 lower-case hexadecimal digits. It alone decides whether a file is this package.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Of the archive: <c>trixie</c>.</summary>
    public required string Suite { get; init; }

    public required string Component { get; init; }

    /// <summary>The name that apt gives the file: the epoch's colon is escaped.</summary>
    public string AptFileName =>
        $"{Name}_{Version.Replace(":", "%3a", StringComparison.Ordinal)}_{Architecture}.deb";

    /// <summary>How apt is asked for it. Packages for all architectures are found under the first one.</summary>
    public string AptRequest =>
        Architecture == "all" ? $"{Name}={Version}" : $"{Name}:{Architecture}={Version}";

    /// <summary>Whether a message of apt's, such as "Unable to locate package bash:riscv64", is about it.</summary>
    public bool IsMeant(string message) =>
        message.Split(' ', '\'').Any(word => word == Name || word == $"{Name}:{Architecture}");

    /// <summary>Not an installable package but an archive of its source, for instance upstream's.</summary>
    public bool IsSource => Architecture == "source";

    public override string ToString() => $"{Name} {Version} ({Architecture})";
}
