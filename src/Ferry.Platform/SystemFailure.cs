using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Ferry.Platform;

/// <summary>Turns errno into an exception that says what could not be done, and why.</summary>
internal static class SystemFailure
{
    public const int NotPermitted = 1;
    public const int NotFound = 2;
    public const int InterruptedCall = 4;
    public const int WouldBlock = 11;
    public const int Exists = 17;
    public const int NotADirectory = 20;
    public const int TooManyLinks = 31;

    /// <param name="result">A system call's result; negative when it failed.</param>
    /// <param name="action">What was tried, as in <c>cannot link 'a' to 'b'</c>.</param>
    /// <param name="path">The path in question, shown in quotes behind <paramref name="action"/>.</param>
    public static void ThrowIfNegative(long result, string action, NativePath path)
    {
        if (result < 0)
            throw Last(action, path);
    }

    public static Win32Exception Last(string action, NativePath path) =>
        Create(Marshal.GetLastPInvokeError(), $"{action} '{path}'");

    public static Win32Exception Create(int error, string what) =>
        new(error, $"{what}: {Marshal.GetPInvokeErrorMessage(error)}");
}
