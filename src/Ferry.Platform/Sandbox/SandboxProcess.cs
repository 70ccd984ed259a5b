using System.Buffers.Binary;
using System.Text;
using Ferry.Platform.Processes;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Platform.Sandbox;

/// <summary>A program that runs in a sandbox. When it ends, or this process dies, nothing of it is left running.</summary>
/// <remarks>
/// Two processes stand between: a supervisor in the host's namespaces, which notices the end of this process, and the
/// sandbox's process 1, which collects orphans and whose end makes the kernel kill everything inside.
/// </remarks>
public sealed class SandboxProcess : IDisposable
{
    // Numbers that Native/sandbox.c expects.
    private const int InstructionsTarget = 3;
    private const int ReportTarget = 4;
    private const int ResultTarget = 5;

    // Instead of a descriptor: failures are told to the person.
    private const string StandardErrorReport = "-1";

    // Shown by ps.
    private const string LauncherName = "ferry";

    private const int TerminateSignal = 15;

    private readonly ChildProcess _supervisor;
    private readonly SafeFileHandle _result;
    private readonly Lock _lock = new();
    private ProcessExit? _exit;

    private SandboxProcess(ChildProcess supervisor, SafeFileHandle result, Stream output) =>
        (_supervisor, _result, Output) = (supervisor, result, output);

    /// <summary>
    /// Standard output and error, in the order they were written; ends when the program and all its children have. Read it
    /// to the end, or the program may block. Empty with <see cref="SandboxOutput.Inherited"/>.
    /// </summary>
    public Stream Output { get; }

    /// <summary>The supervisor's process id on the host.</summary>
    public int ProcessId => _supervisor.ProcessId;

    /// <summary>Makes the sandbox and executes the program in it; returns once it runs. Costs 3 to 8 ms.</summary>
    /// <exception cref="SandboxException">The sandbox could not be made, or the program not executed.</exception>
    public static SandboxProcess Start(SandboxSpecification specification)
    {
        if (!specification.HasOwnProcesses)
            throw new ArgumentException(
                "a sandbox that is waited for has process numbers of its own",
                nameof(specification)
            );
        var launcher = SandboxLauncher.Find();
        using var instructions = SandboxLauncher.WriteInstructions(
            SandboxProgram.Encode(specification, Environment.ProcessId)
        );
        using var report = Channel.Pipe();
        var result = Channel.Pipe();
        var output = OpenOutput(specification);
        try
        {
            var supervisor = StartSupervisor(launcher, instructions, report, result, output);
            report.Writer.Dispose();
            result.Writer.Dispose();
            output?.Writer.Dispose();
            ThrowIfFailed(supervisor, report.Reader);
            return new SandboxProcess(
                supervisor,
                result.Reader,
                output is null ? Stream.Null : new DescriptorStream(output.Reader)
            );
        }
        catch
        {
            result.Dispose();
            output?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Makes this process the program: it keeps the process number, the terminal and the three streams. For programs run
    /// for a person, with <see cref="SandboxSpecification.HasOwnProcesses"/> off. What fails after the start is
    /// printed as <c>error: …</c>, with exit code 1, since this program is no more.
    /// </summary>
    /// <exception cref="SandboxException">Nothing was started.</exception>
    public static void Replace(SandboxSpecification specification)
    {
        using var instructions = WriteInstructions(specification);
        ProcessReplacement.Execute(
            SandboxLauncher.Find(),
            NativeSpawn.Encode([
                LauncherName,
                .. InPlaceArguments(SandboxLauncher.Inherit(instructions)),
            ])
        );
    }

    /// <summary>As <see cref="Replace"/>, but as a child in the caller's process group, with its streams.</summary>
    /// <exception cref="SandboxException">Nothing was started.</exception>
    public static ChildProcess StartInForeground(SandboxSpecification specification)
    {
        using var instructions = WriteInstructions(specification);
        return ChildProcess.Start(
            new ProcessSpecification
            {
                Program = SandboxLauncher.Find(),
                Arguments = InPlaceArguments(InstructionsTarget),
                Descriptors = [(instructions, InstructionsTarget)],
                Group = ProcessGroupKind.Callers,
            }
        );
    }

    /// <summary>Blocks until the program has ended and nothing of the sandbox is left. May be called again.</summary>
    public ProcessExit Wait()
    {
        var supervisorExit = _supervisor.Wait();
        lock (_lock)
        {
            if (_exit is { } known)
                return known;

            // Process 1 writes the program's own wait status, so that exit code 137 and SIGKILL stay different things.
            Span<byte> status = stackalloc byte[sizeof(int)];
            using var stream = new DescriptorStream(_result);
            _exit =
                stream.ReadAtLeast(status, status.Length, throwOnEndOfStream: false)
                == status.Length
                    ? ProcessExit.FromWaitStatus(BinaryPrimitives.ReadInt32LittleEndian(status))
                    : new ProcessExit(0, supervisorExit.Signal == 0 ? 9 : supervisorExit.Signal);
            return _exit.Value;
        }
    }

    /// <summary>Kills every process in the sandbox and returns when none is left.</summary>
    public void Kill()
    {
        // The supervisor kills process 1 and waits for it, which the kernel lets return only after the whole tree is gone.
        _ = _supervisor.Signal(TerminateSignal, wholeGroup: false);
        _ = Wait();
    }

    /// <summary>Kills what still runs and closes <see cref="Output"/>.</summary>
    public void Dispose()
    {
        Kill();
        Output.Dispose();
        _supervisor.Dispose();
    }

    private static SafeFileHandle WriteInstructions(SandboxSpecification specification)
    {
        if (specification.HasOwnProcesses)
            throw new ArgumentException(
                "a program that takes this one's place has no process numbers of its own",
                nameof(specification)
            );
        return SandboxLauncher.WriteInstructions(
            SandboxProgram.Encode(specification, Environment.ProcessId)
        );
    }

    private static string[] InPlaceArguments(int descriptor) =>
        [SandboxLauncher.Argument, descriptor.ToString(), StandardErrorReport];

    private static Channel? OpenOutput(SandboxSpecification specification) =>
        specification.Output switch
        {
            SandboxOutput.Terminal => Channel.Terminal(specification.Identity.HostUser),
            SandboxOutput.Pipe => Channel.Pipe(),
            _ => null,
        };

    private static ChildProcess StartSupervisor(
        string launcher,
        SafeFileHandle instructions,
        Channel report,
        Channel result,
        Channel? output
    )
    {
        using var nothing = File.OpenHandle("/dev/null");
        List<(System.Runtime.InteropServices.SafeHandle, int)> descriptors =
        [
            (instructions, InstructionsTarget),
            (report.Writer, ReportTarget),
            (result.Writer, ResultTarget),
        ];
        if (output is not null)
            descriptors.AddRange([(nothing, 0), (output.Writer, 1), (output.Writer, 2)]);
        return ChildProcess.Start(
            new ProcessSpecification
            {
                Program = launcher,
                ArgumentBytes = NativeSpawn.Encode([
                    LauncherName,
                    SandboxLauncher.Argument,
                    InstructionsTarget.ToString(),
                    ReportTarget.ToString(),
                ]),
                Descriptors = descriptors,
                Group = output is null ? ProcessGroupKind.Callers : ProcessGroupKind.NewSession,
            }
        );
    }

    // The report closes without a word when the program is executed.
    private static void ThrowIfFailed(ChildProcess supervisor, SafeFileHandle report)
    {
        using var text = new MemoryStream();
        using (var stream = new DescriptorStream(report))
            stream.CopyTo(text);
        if (text.Length == 0)
            return;

        _ = supervisor.Wait();
        // STEP ERRNO MESSAGE
        var parts = Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length).Split(' ', 3);
        throw SandboxException.Failed(
            (SandboxStep)int.Parse(parts[0]),
            int.Parse(parts[1]),
            parts[2]
        );
    }
}
