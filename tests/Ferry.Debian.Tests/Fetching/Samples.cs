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
}
