using System.Net;
using System.Net.Sockets;
using Ferry.Platform.Files;
using Ferry.Platform.Processes;

namespace Ferry.Platform.Tests.Sandbox;

/// <summary>A builder that wants out, or wants to leave something behind. The attempts are in <c>attacks.c</c>.</summary>
public class AttackTests
{
    private const string Refused = "EPERM";

    private static readonly Dictionary<int, string> s_errors = new()
    {
        [0] = "ok",
        [1] = Refused,
        [2] = "ENOENT",
        [3] = "ESRCH",
        [13] = "EACCES",
        [22] = "EINVAL",
        [30] = "EROFS",
        [38] = "ENOSYS",
        [95] = "ENOTSUP",
        [97] = "EAFNOSUPPORT",
        [101] = "ENETUNREACH",
        [111] = "ECONNREFUSED",
    };

    [Fact]
    public void No_call_sets_a_set_user_id_bit()
    {
        using var box = new Box();

        var results = Attack(box, "modes");

        string[] harmless = ["harmless-chmod", "harmless-open", "sticky", "i386-harmless-chmod"];
        string[] absent = ["openat2", "io_uring"];
        string[] unsupported = ["i386-setxattr"];
        foreach (var (attempt, result) in results)
        {
            if (attempt == "i386-harmless-chmod" && result == "ENOSYS")
                continue;
            if (harmless.Contains(attempt))
                Assert.Equal((attempt, "ok"), (attempt, result));
            else if (absent.Contains(attempt))
                Assert.Equal((attempt, "ENOSYS"), (attempt, result));
            else if (unsupported.Contains(attempt) && result == "ENOTSUP")
                continue;
            else
                Assert.True(
                    // A kernel without x32 or with the 32-bit mode off has no such call at all.
                    result == Refused
                        || (attempt.Contains('-') && result == "ENOSYS"),
                    $"{attempt}: {result}"
                );
        }
        Assert.All(
            Directory.EnumerateFiles(box.Build),
            file => Assert.Equal(0, FileStatus.Get(file).Mode & 0b110_000_000_000)
        );
    }

    [Fact]
    public void Extended_attributes_are_not_supported()
    {
        using var box = new Box();

        Assert.All(Attack(box, "attributes"), result => Assert.Equal("ENOTSUP", result.Result));
    }

    [Fact]
    public void The_first_process_gives_nothing_away()
    {
        using var box = new Box();

        var results = Attack(box, "processes");

        Assert.Equal("ok", results.Single(result => result.Attempt == "still-here").Result);
        Assert.All(
            results.Where(result => result.Attempt is not ("still-here" or "read-memory")),
            result => Assert.True(result.Result is "EACCES" or Refused, result.ToString())
        );
    }

    [Fact]
    public void The_kernel_grants_no_rights()
    {
        using var box = new Box();

        Assert.All(
            Attack(box, "kernel"),
            result =>
                Assert.True(
                    // ENOENT and EINVAL: this kernel has no such thing, or the mount is locked.
                    result.Result
                        is "EACCES"
                            or Refused
                            or "EROFS"
                            or "ENOENT"
                            or "EINVAL",
                    result.ToString()
                )
        );
    }

    [Fact]
    public void A_namespace_in_the_sandbox_has_no_rights_over_the_sandbox()
    {
        using var box = new Box();

        var results = Attack(box, "nested");

        string[] allowed = ["namespace", "groups", "map", "own-mount"];
        Assert.SkipUnless(
            results[0].Result == "ok",
            "namespaces within namespaces are forbidden here"
        );
        Assert.All(
            results,
            result =>
                Assert.True(
                    allowed.Contains(result.Attempt) == (result.Result == "ok"),
                    result.ToString()
                )
        );
    }

    [Fact]
    public void The_network_of_the_host_is_out_of_reach()
    {
        using var box = new Box();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var name = $"ferry-test-{Guid.NewGuid():N}";
        using var socket = new Socket(
            AddressFamily.Unix,
            SocketType.Stream,
            ProtocolType.Unspecified
        );
        socket.Bind(new UnixDomainSocketEndPoint("\0" + name));
        socket.Listen();

        var results = Attack(box, $"network {port} {name}");

        Assert.Equal(
            [
                ("host-loopback", "ECONNREFUSED"),
                ("elsewhere", "ENETUNREACH"),
                ("abstract", "ECONNREFUSED"),
                ("own-loopback", "ok"),
                ("raw", Refused),
            ],
            results
        );
    }

    [Fact]
    public void With_the_network_the_hosts_loopback_is_reached()
    {
        using var box = new Box();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Compile(box);

        var (_, output) = Box.Run(
            box.Shell($"./attacks network {port} x") with
            {
                HasNetwork = true,
            }
        );

        Assert.StartsWith("host-loopback 0\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Privileges_are_given_up_for_good()
    {
        using var box = new Box();

        var (_, output) = box.Run(
            "grep -E '^(CapEff|CapPrm|CapAmb|NoNewPrivs|Seccomp):' /proc/self/status | tr -d '\\t '"
        );

        Assert.Equal(
            "CapPrm:0000000000000000\nCapEff:0000000000000000\nCapAmb:0000000000000000\nNoNewPrivs:1\nSeccomp:2\n",
            output
        );
    }

    [Fact]
    public void Processes_and_mounts_of_the_host_are_not_seen()
    {
        using var box = new Box();

        var (_, output) = box.Run(
            "ls /proc | grep -c '^[0-9]'; grep -c -e ferry-test -e ext4 /proc/net/unix; "
                + "cut -d' ' -f5 /proc/self/mountinfo | grep -v -e ^/usr -e ^/bin -e ^/lib -e ^/sbin -e ^/dev | LC_ALL=C sort"
        );

        var lines = output.TrimEnd().Split('\n');
        // The first process, the shell, ls and grep.
        Assert.True(int.Parse(lines[0]) <= 4, output);
        Assert.Equal(["0", "/", "/build", "/proc", "/tmp"], lines[1..]);
    }

    [Fact]
    public void Descriptors_of_the_host_do_not_leak()
    {
        using var box = new Box();
        using var open = new FileStream(
            Path.Combine(box.Scratch, "secret"),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.ReadWrite | FileShare.Inheritable
        );

        var (_, output) = box.Run("ls /proc/self/fd; ls -l /proc/self/fd | grep -c secret");

        // The fourth is ls's own view of the directory.
        Assert.Equal("0  1  2  3\n0\n", output);
    }

    private static List<(string Attempt, string Result)> Attack(Box box, string attack)
    {
        Compile(box);
        var (exit, output) = box.Run($"./attacks {attack}");
        Assert.True(exit.IsSuccess, output);
        return
        [
            .. output
                .TrimEnd()
                .Split('\n')
                .Select(line => line.Split(' '))
                .Select(parts =>
                    (parts[0], s_errors.GetValueOrDefault(int.Parse(parts[1]), parts[1]))
                ),
        ];
    }

    private static void Compile(Box box)
    {
        Box.SkipUnlessPossible();
        using var compiler = ChildProcess.Start(
            new ProcessSpecification
            {
                Program = "cc",
                Arguments =
                [
                    "-Wall",
                    "-Werror",
                    "-o",
                    Path.Combine(box.Build, "attacks"),
                    Path.Combine(AppContext.BaseDirectory, "attacks.c"),
                ],
            }
        );
        Assert.True(compiler.Wait().IsSuccess);
    }
}
