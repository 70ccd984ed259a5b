using System.Text;
using Ferry.Platform;
using Ferry.Platform.Sandbox;

namespace Ferry.Build.Tests.Builds;

/// <summary>Whether this machine lets a test make a sandbox at all; asked once.</summary>
internal static class SandboxProbe
{
    private static readonly Lazy<string?> s_failure = new(Try);

    public static bool Works => s_failure.Value is null;

    public static string Reason => $"no sandbox can be made here: {s_failure.Value}";

    private static string? Try()
    {
        try
        {
            const uint someone = 872_415_232;
            var (user, group) = UserIdentity.IsRoot
                ? (someone, someone)
                : (UserIdentity.User, UserIdentity.Group);
            using var process = SandboxProcess.Start(
                new SandboxSpecification
                {
                    Program = "/bin/sh",
                    Arguments = [Encoding.ASCII.GetBytes("sh"), "-c"u8.ToArray(), ":"u8.ToArray()],
                    Environment = [],
                    WorkingDirectory = "/",
                    Identity = new SandboxIdentity(user, group),
                    Binds = [new SandboxBind("/bin/busybox", "/bin/sh")],
                }
            );
            process.Output.CopyTo(Stream.Null);
            return process.Wait().IsSuccess ? null : "a shell in it did not succeed";
        }
        catch (SandboxException refused)
        {
            return refused.Message;
        }
    }
}
