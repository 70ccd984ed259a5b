using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Platform.Sandbox;

/// <summary>Finds the native code that enters namespaces, and hands it its instructions.</summary>
/// <remarks>
/// In the published program it is linked in and runs before the runtime does, when the program executes itself with
/// <see cref="Argument"/>. Under the JIT, as in tests, it is the program <c>ferry-sandbox</c> beside the assemblies.
/// </remarks>
internal static unsafe partial class SandboxLauncher
{
    /// <summary>First argument that makes the program a sandbox launcher; the second is the instructions' descriptor.</summary>
    public const string Argument = "__ferry_sandbox";

    private const string HelperName = "ferry-sandbox";
    private const uint CloseOnExec = 1;

    private const int SetDescriptorFlags = 2;

    // Of Native/sandbox.c.
    private const int Version = 1;

    /// <exception cref="SandboxException">There is no launcher.</exception>
    public static string Find()
    {
        // NativeAOT: no dynamic code, and the launcher is part of this very program.
        if (!RuntimeFeature.IsDynamicCodeSupported)
            return IsLinkedIn()
                ? "/proc/self/exe"
                : throw SandboxException.Failed(
                    SandboxStep.Prepare,
                    0,
                    "this program was published without the sandbox launcher: its project must import "
                        + "Ferry.Platform.Native.targets"
                );
        var helper = Path.Combine(AppContext.BaseDirectory, HelperName);
        return File.Exists(helper)
            ? helper
            : throw SandboxException.Failed(
                SandboxStep.Prepare,
                0,
                $"the sandbox launcher '{helper}' is missing"
            );
    }

    /// <returns>A memory file with the instructions, at its beginning.</returns>
    public static SafeFileHandle WriteInstructions(byte[] instructions)
    {
        var number = CreateMemoryFile(HelperName, CloseOnExec);
        if (number < 0)
            throw new Win32Exception(
                Marshal.GetLastPInvokeError(),
                "cannot make a file in memory for the sandbox"
            );
        var file = new SafeFileHandle(number, ownsHandle: true);
        RandomAccess.Write(file, instructions, 0);
        return file;
    }

    /// <summary>Lets an execve of this process keep the file.</summary>
    /// <returns>Its descriptor.</returns>
    public static int Inherit(SafeFileHandle instructions)
    {
        var number = (int)instructions.DangerousGetHandle();
        SystemFailure.ThrowIfNegative(
            Control(number, SetDescriptorFlags, 0),
            "cannot hand over",
            "the sandbox's instructions"
        );
        return number;
    }

    private static bool IsLinkedIn()
    {
        try
        {
            return GetVersion() == Version;
        }
        catch (DllNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("ferry_sandbox", EntryPoint = "ferry_sandbox_version")]
    private static partial int GetVersion();

    [LibraryImport(
        "libc",
        EntryPoint = "memfd_create",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    private static partial int CreateMemoryFile(string name, uint flags);
}
