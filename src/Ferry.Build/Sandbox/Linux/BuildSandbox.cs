using System.Text;
using Ferry.Build.Goals;
using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Platform.Sandbox;
using Ferry.Store;

namespace Ferry.Build.Sandbox.Linux;

/// <summary>What a build has been given to run in.</summary>
/// <param name="User">Who it is on the host.</param>
/// <param name="Directory">What it sees as /build.</param>
/// <param name="Scratch">What it sees as the store, under its inputs.</param>
/// <param name="Environment">Its variables and files.</param>
/// <param name="Emulator">Null when the processor runs it itself.</param>
public sealed record BuildPlace(
    BuildUser User,
    BuildDirectory Directory,
    ScratchStore Scratch,
    BuilderEnvironment Environment,
    PreparedEmulator? Emulator
);

/// <summary>Describes the sandbox of a build: its inputs' closure, a shell, devices, and nothing else of the host.</summary>
/// <remarks>Source: the root that stock 2.34.8's sandbox shows to a builder.</remarks>
internal static class BuildSandbox
{
    private static string SandboxUsers(string home) =>
        $"root:x:0:0:Nix build user:{home}:/noshell\n"
        + $"nixbld:x:1000:100:Nix build user:{home}:/noshell\n"
        + "nobody:x:65534:65534:Nobody:/:/noshell\n";

    private const string SandboxGroups = "root:x:0:\nnixbld:!:100:\nnogroup:x:65534:\n";

    private const string Shell = "/bin/sh";

    private const int NobodyWrites = 0b101_101_101;

    private static readonly string[] s_linux32Systems =
    [
        "armv7l-linux",
        "armv6l-linux",
        "armv5tel-linux",
    ];

    public static SandboxSpecification Describe(
        ReadyStep ready,
        IStore store,
        BuildPlace place,
        BuildSettings settings
    )
    {
        var derivation = ready.Step.Derivation;
        return new SandboxSpecification
        {
            Program = derivation.Builder.ToString(),
            Arguments = Arguments(derivation, place),
            Environment = Variables(place),
            WorkingDirectory = settings.SandboxTop,
            Identity = place.User.Identity,
            Directories = [new SandboxDirectory("/etc", NobodyWrites)],
            TemporaryDirectories = [new SandboxTemporaryDirectory("/tmp")],
            Files = Files(ready.Step.HasNetwork, settings),
            Binds = Binds(ready, store, place, settings),
            HasNetwork = ready.Step.HasNetwork,
            Emulators = place.Emulator?.Registrations ?? [],
            FiltersSystemCalls = settings.FiltersSystemCalls,
            IsLinux32 = IsLinux32(derivation.System.ToString(), settings),
        };
    }

    private static ByteString BaseName(ByteString path) =>
        path.Span.LastIndexOf((byte)'/') is >= 0 and var slash
            ? path.Slice(slash + 1, path.Length - slash - 1)
            : path;

    private static ByteString Assignment(KeyValuePair<ByteString, ByteString> variable) =>
        ByteString.Concatenate(ByteString.Concatenate(variable.Key, "="), variable.Value);

    /// <summary>The builder on the machine as it is.</summary>
    public static SandboxSpecification DescribeBare(
        ReadyStep ready,
        BuildPlace place,
        BuildSettings settings
    )
    {
        var derivation = ready.Step.Derivation;
        return new SandboxSpecification
        {
            Root = SandboxRoot.Bare,
            Program = derivation.Builder.ToString(),
            Arguments = Arguments(derivation, place),
            Environment = Variables(place),
            WorkingDirectory = place.Directory.Build,
            Identity = place.User.Identity,
            FiltersSystemCalls = settings.FiltersSystemCalls,
            IsLinux32 = IsLinux32(derivation.System.ToString(), settings),
        };
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Arguments(
        Derivation derivation,
        BuildPlace place
    ) =>
        [
            BaseName(derivation.Builder).Memory,
            .. place.Environment.Arguments.Select(argument => argument.Memory),
        ];

    private static IReadOnlyList<ReadOnlyMemory<byte>> Variables(BuildPlace place) =>
        [.. place.Environment.Variables.Select(variable => Assignment(variable).Memory)];

    // An emulated program learns its machine from the emulator, which knows best.
    private static bool IsLinux32(string system, BuildSettings settings) =>
        (system == "i686-linux" && settings.NativeSystem == "x86_64-linux")
        || s_linux32Systems.Contains(system) && settings.NativeSystem == "aarch64-linux";

    private static List<SandboxFile> Files(bool hasNetwork, BuildSettings settings)
    {
        var files = new List<SandboxFile>
        {
            File("/etc/passwd", SandboxUsers(settings.SandboxTop)),
            File("/etc/group", SandboxGroups),
        };
        files.Add(
            hasNetwork
                ? File("/etc/nsswitch.conf", "hosts: files dns\nservices: files\n")
                : File("/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n")
        );
        return files;
    }

    private static SandboxFile File(string path, string content) =>
        new(path, Encoding.ASCII.GetBytes(content));

    private static List<SandboxBind> Binds(
        ReadyStep ready,
        IStore store,
        BuildPlace place,
        BuildSettings settings
    )
    {
        var binds = new List<SandboxBind>
        {
            new(place.Directory.Build, settings.SandboxTop, SandboxAccess.Writable),
            new(place.Scratch.Directory, store.Directory.Path, SandboxAccess.Writable),
        };
        binds.AddRange(
            ready
                .Closure.Except(ready.Step.Outputs.Values)
                .Select(path => new SandboxBind(store.RealPath(path), store.Directory.Format(path)))
        );
        var outputs = ready.Step.Outputs.Values;
        binds.AddRange(
            SandboxPathBinds.Of(settings.SandboxPaths, store, ready.Closure.Union(outputs))
        );
        if (
            !settings.SandboxPaths.Any(path => path.Target == Shell)
            && (place.Emulator?.SandboxShell ?? settings.SandboxShell) is { } shell
        )
            binds.Add(new SandboxBind(Resolved(shell), Shell));
        if (settings.SystemFeatures.Contains("kvm"))
            binds.Add(
                new SandboxBind("/dev/kvm", "/dev/kvm", SandboxAccess.Device, IsOptional: true)
            );
        if (ready.Step.HasNetwork)
            AddNetworkFiles(binds, settings);
        return binds;
    }

    private static void AddNetworkFiles(List<SandboxBind> binds, BuildSettings settings)
    {
        foreach (var path in (string[])["/etc/resolv.conf", "/etc/services", "/etc/hosts"])
        {
            if (System.IO.File.Exists(path))
                binds.Add(new SandboxBind(Resolved(path), path));
        }

        if (settings.CertificateFile is { } certificates && System.IO.File.Exists(certificates))
        {
            binds.Add(
                new SandboxBind(Resolved(certificates), "/etc/ssl/certs/ca-certificates.crt")
            );
        }
    }

    // A link would be made again in the sandbox, where its target is not.
    private static string Resolved(string path) =>
        System.IO.File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
}
