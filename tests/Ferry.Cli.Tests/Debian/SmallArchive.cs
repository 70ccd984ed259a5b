using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ferry.Debian.Tests;

namespace Ferry.Cli.Tests.Debian;

/// <summary>An archive of Debian's form with one package and one source, signed, and a package set that pins them.</summary>
internal sealed class SmallArchive : IDisposable
{
    private const string SourceFolder = "pool/main/t/tool";

    private readonly string _folder = Directory.CreateTempSubdirectory("ferry-pins-").FullName;
    private readonly SigningKey _key = SigningKey.MakeOrSkip();

    public SmallArchive()
    {
        Publish("1.0");
        MakeSet();
    }

    public MirrorServer Mirror { get; } = new();

    public string Set => Path.Combine(_folder, "set");

    public string State => Path.Combine(_folder, "state", "ferry", "debian");

    public string Cache => Path.Combine(_folder, "cache", "ferry", "debian");

    public string Store => Path.Combine(_folder, "root");

    public string[] RenewedPins => Directory.Exists(State) ? Directory.GetFiles(State) : [];

    /// <summary>What the mirror has from now on, and has had never before.</summary>
    public void Publish(string version, bool isSigned = true)
    {
        Mirror.Files.Clear();
        var package = Package(version);
        var source = Source(version);
        Mirror.Files[PackageFile(version)] = package;
        Mirror.Files[SourceFile(version)] = source;
        PublishIndex(PackagesIndex(version, package), SourcesIndex(version, source), isSigned);
    }

    /// <summary>Takes the files away, but not what the index says about them.</summary>
    public void LoseFiles()
    {
        foreach (var path in Mirror.Files.Keys.Where(path => path.StartsWith("pool/")))
            Mirror.Files.TryRemove(path, out _);
    }

    /// <param name="usesApt">False: as on a machine that has none.</param>
    /// <param name="arguments">Verb and the rest.</param>
    public Outcome Run(bool usesApt, params string[] arguments)
    {
        var environment = new Dictionary<string, string>
        {
            ["FERRY_PACKAGES"] = Set,
            ["XDG_STATE_HOME"] = Path.Combine(_folder, "state"),
            ["XDG_CACHE_HOME"] = Path.Combine(_folder, "cache"),
            ["no_proxy"] = "127.0.0.1",
        };
        if (!usesApt)
            environment["PATH"] = Path.Combine(_folder, "empty");
        return FerryProgram.Run(
            new RunOptions { WorkingDirectory = _folder, Environment = environment },
            [
                .. arguments,
                "--store",
                Store,
                "--option",
                "debian-mirror",
                Mirror.Address,
                // A test has less time than a person's network may need.
                "--option",
                "download-attempts",
                "2",
                "--option",
                "stalled-download-timeout",
                "1",
                "--option",
                "connect-timeout",
                "1",
            ]
        );
    }

    /// <summary>Skips the test where the real apt is asked for and is not there.</summary>
    public static void RequireApt(bool usesApt) =>
        Assert.SkipUnless(
            !usesApt || File.Exists("/usr/bin/apt-get"),
            "there is no apt-get on this machine"
        );

    /// <summary>Nothing of a fetch is left, in the store or in the caches.</summary>
    public void AssertNothingHalfDone()
    {
        Assert.Empty(Directory.GetFiles(Path.Combine(Cache, "packages")));
        Assert.False(Directory.Exists(Path.Combine(Cache, "incoming")));
        Assert.DoesNotContain(
            Directory.GetFileSystemEntries(Path.Combine(Store, "nix", "store")),
            // Locks of builds that failed stay, as in stock.
            entry => Path.GetExtension(entry) is not (".drv" or ".links" or ".lock")
        );
        Run(usesApt: false, "nix-store", "--verify", "--check-contents").Succeeded();
    }

    public void Dispose()
    {
        Mirror.Dispose();
        _key.Dispose();
        StoreFolder.Remove(_folder);
    }

    private static byte[] Package(string version) =>
        DebSample.Package(
            DebSample.File("./usr/share/tool/version", $"the package, version {version}\n")
        );

    private static byte[] Source(string version) =>
        Encoding.ASCII.GetBytes($"the source, version {version}\n");

    private static string PackageFile(string version) =>
        $"{SourceFolder}/tool_{version}-1_amd64.deb";

    private static string SourceFile(string version) =>
        $"{SourceFolder}/tool_{version}.orig.tar.gz";

    private static string Sha256(byte[] content) =>
        Convert.ToHexStringLower(SHA256.HashData(content));

    private static string PackagesIndex(string version, byte[] content) =>
        $"""
            Package: tool
            Version: {version}-1
            Architecture: amd64
            Maintainer: nobody <nobody@example.org>
            Description: a tool
            Filename: {PackageFile(version)}
            Size: {content.Length}
            SHA256: {Sha256(content)}


            """;

    private static string SourcesIndex(string version, byte[] content) =>
        $"""
            Package: tool
            Binary: tool
            Version: {version}-1
            Maintainer: nobody <nobody@example.org>
            Format: 3.0 (quilt)
            Directory: {SourceFolder}
            Checksums-Sha256:
             {new string('0', 64)} 1 tool_{version}-1.dsc
             {Sha256(content)} {content.Length} tool_{version}.orig.tar.gz
             {new string('1', 64)} 1 tool_{version}-1.debian.tar.xz


            """;

    private void PublishIndex(string packages, string sources, bool isSigned)
    {
        var files = new Dictionary<string, byte[]>
        {
            ["main/binary-amd64/Packages"] = Encoding.ASCII.GetBytes(packages),
            ["main/source/Sources"] = Encoding.ASCII.GetBytes(sources),
        };
        var release = new StringBuilder(
            "Origin: test\nSuite: stable\nCodename: trixie\nDate: Sat, 21 Nov 2026 09:15:44 UTC\n"
                + "Architectures: amd64\nComponents: main\nSHA256:\n"
        );
        foreach (var (path, content) in files)
        {
            Mirror.Files["dists/trixie/" + path] = content;
            release.Append(
                CultureInfo.InvariantCulture,
                $" {Sha256(content)} {content.Length} {path}\n"
            );
        }

        using var stranger = isSigned ? null : SigningKey.MakeOrSkip();
        Mirror.Files["dists/trixie/InRelease"] = (stranger ?? _key).ClearSign(release.ToString());
    }

    private void MakeSet()
    {
        foreach (var part in (string[])["lib", "build-support", "bootstrap/debian.nix"])
            Copy(Path.Combine(FerryProgram.Root, "packages", part), Path.Combine(Set, part));
        Write(
            "flake.nix",
            """
            {
              outputs = _: rec {
                lib = import ./lib;
                tool = (import ./bootstrap/debian.nix).prefix {
                  name = "tool"; system = "x86_64-linux"; packages = [ "tool" ];
                };
                source = (import ./build-support/fetchers.nix { inherit lib; }).fetchDebianSource (
                  lib.importJSON ./pkgs/to/tool/source.json
                );
              };
            }
            """
        );
        Write("bootstrap/archive-keys.asc", _key.Public);
        Write(
            "bootstrap/roots.json",
            """
            { "suite": "trixie", "component": "main",
              "roots": [ { "architectures": [ "amd64" ], "packages": [ "tool" ] } ] }
            """
        );
        Write(
            "bootstrap/architectures.json",
            """{ "x86_64-linux": { "debian": "amd64", "multiarch": "x86_64-linux-gnu" } }"""
        );
        var (package, source) = (Package("1.0"), Source("1.0"));
        Write(
            "bootstrap/lock/amd64.json",
            $$"""
            { "suite": "trixie", "architecture": "amd64", "packages": { "tool": {
                "version": "1.0-1", "filename": "{{PackageFile(
                "1.0"
            )}}", "size": {{package.Length}},
                "sha256": "{{Sha256(package)}}", "depends": [] } } }
            """
        );
        Write(
            "pkgs/to/tool/source.json",
            $$"""
            { "package": "tool", "version": "1.0-1", "filename": "{{SourceFile("1.0")}}",
              "size": {{source.Length}}, "sha256": "{{Sha256(source)}}" }
            """
        );
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(Set, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (File.Exists(source))
        {
            File.Copy(source, target);
            return;
        }

        foreach (var entry in Directory.GetFileSystemEntries(source))
            Copy(entry, Path.Combine(target, Path.GetFileName(entry)));
    }
}
