using System.Text;
using Ferry.Platform.Files;
using Ferry.Platform.Processes;
using Ferry.Platform.Sandbox;

namespace Ferry.Platform.Tests.Sandbox;

/// <summary>A sandbox like that of a build: the host's programs read-only, a writable /build, nothing else.</summary>
internal sealed class Box : IDisposable
{
    // A user that no host has; root must give builds such a one.
    private const uint StrangerId = 872_415_233;

    private readonly Scratch _scratch = new();

    public Box()
    {
        Directory.CreateDirectory(Build);
        Identity =
            UserIdentity.IsRoot && UserIdentity.IsMapped(StrangerId, StrangerId)
                ? new SandboxIdentity(StrangerId, StrangerId)
                : new SandboxIdentity(UserIdentity.User, UserIdentity.Group);
        if (IsSeparate)
            FileMetadata.ChangeOwner(Build, Identity.HostUser, Identity.HostGroup);
    }

    public SandboxIdentity Identity { get; }

    /// <summary>The build's user is not the caller's.</summary>
    public bool IsSeparate => Identity.HostUser != UserIdentity.User;

    /// <summary>The host's side of /build.</summary>
    public string Build => _scratch["build"];

    public string Scratch => _scratch.Path;

    public SandboxSpecification Shell(string script) =>
        new()
        {
            Program = "/bin/sh",
            Arguments = Bytes("sh", "-c", script),
            Environment = Bytes("PATH=/usr/bin:/bin:/usr/sbin", "HOME=/homeless-shelter"),
            WorkingDirectory = "/build",
            Identity = Identity,
            TemporaryDirectories = [new("/tmp")],
            Files =
            [
                new("/etc/passwd", "builder:x:1000:100::/build:/noshell\n"u8.ToArray()),
                new("/etc/group", "builders:x:100:\n"u8.ToArray()),
            ],
            Binds =
            [
                .. new[] { "/usr", "/bin", "/lib", "/lib64", "/lib32", "/sbin" }.Select(
                    path => new SandboxBind(path, path, IsOptional: true)
                ),
                new(Build, "/build", SandboxAccess.Writable),
            ],
        };

    public (ProcessExit Exit, string Output) Run(string script) => Run(Shell(script));

    public static (ProcessExit Exit, string Output) Run(SandboxSpecification specification)
    {
        SkipUnlessPossible();
        using var process = SandboxProcess.Start(specification);
        using var reader = new StreamReader(process.Output, Encoding.UTF8);
        var output = reader.ReadToEnd();
        return (process.Wait(), output);
    }

    public static IReadOnlyList<ReadOnlyMemory<byte>> Bytes(params string[] texts) =>
        [.. texts.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))];

    public static void SkipUnlessPossible() =>
        Assert.SkipUnless(
            UserNamespacesWork.Value,
            "this host lets ordinary users make no user namespaces"
        );

    public void Dispose() => _scratch.Dispose();

    private static readonly Lazy<bool> UserNamespacesWork = new(() =>
    {
        try
        {
            using var child = ChildProcess.Start(
                new ProcessSpecification { Program = "unshare", Arguments = ["-Ur", "true"] }
            );
            return child.Wait().IsSuccess;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return true; // without the tool, the tests themselves tell
        }
    });
}
