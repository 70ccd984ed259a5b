using System.Security.Cryptography;
using Ferry.Debian.Fetching;

namespace Ferry.Debian.Tests.Fetching;

internal static class Samples
{
    public static PinnedPackage Package(
        string name = "sample",
        string version = "1.0-1",
        string architecture = "amd64",
        byte[]? content = null
    ) =>
        new()
        {
            Name = name,
            Version = version,
            Architecture = architecture,
            Filename = $"pool/main/{name}.deb",
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content ?? [])),
            Suite = "trixie",
            Component = "main",
        };

    /// <summary>Debian's own keys, and directories of a test.</summary>
    public static DebianSettings Settings(Scratch scratch) =>
        new()
        {
            CacheDirectory = scratch["cache"],
            StateDirectory = scratch["state"],
            ArchiveKeys = () =>
                File.ReadAllText(
                    Path.Combine(AppContext.BaseDirectory, "Indexes", "archive-keys.asc")
                ),
            Transport = new PlainTransport(),
            Clock = TimeProvider.System,
        };
}
