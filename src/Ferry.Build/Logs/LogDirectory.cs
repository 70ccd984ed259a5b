using Ferry.Formats.Compression;

namespace Ferry.Build.Logs;

/// <summary>Where build logs are kept: <c>DIRECTORY/drvs/ab/cdef…-name.drv</c>.</summary>
/// <remarks>
/// The form stock writes with <c>compress-build-log = false</c>, which its <c>nix log</c> looks for first.
/// <paramref name="directory"/> is stock's <c>NIX_LOG_DIR</c>, by default <c>/nix/var/log/nix</c>.
/// </remarks>
public sealed class LogDirectory(string directory)
{
    private const int PrefixLength = 2;

    /// <param name="derivationBaseName"><c>DIGEST-NAME.drv</c>.</param>
    public string PathOf(string derivationBaseName) =>
        Path.Combine(
            directory,
            "drvs",
            derivationBaseName[..PrefixLength],
            derivationBaseName[PrefixLength..]
        );

    /// <summary>Opens a new log in place of an older one, which may be stock's compressed one.</summary>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public FileStream Create(string derivationBaseName)
    {
        var path = PathOf(derivationBaseName);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path + ".bz2");
        return Open(path, FileMode.Create, FileAccess.Write);
    }

    /// <returns>Null when this derivation was never built here, or its log is gone.</returns>
    public Stream? TryOpen(string derivationBaseName)
    {
        var path = PathOf(derivationBaseName);
        if (File.Exists(path))
            return Open(path, FileMode.Open, FileAccess.Read);

        var compressed = path + ".bz2";
        return File.Exists(compressed)
            ? new MemoryStream(Bzip2.Decompress(File.ReadAllBytes(compressed)), writable: false)
            : null;
    }

    // A log may be read while its build still writes it.
    private static FileStream Open(string path, FileMode mode, FileAccess access) =>
        new(path, mode, access, FileShare.ReadWrite | FileShare.Delete);
}
