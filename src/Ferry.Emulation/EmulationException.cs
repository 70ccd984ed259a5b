namespace Ferry.Emulation;

/// <summary>A foreign program cannot be run on this machine; the message says what to do about it.</summary>
public sealed class EmulationException : Exception
{
    private EmulationException(string message)
        : base(message) { }

    internal static EmulationException KernelTooOld(string system, string qemu, Version kernel) =>
        new(
            $"programs of '{system}' cannot be run here: this kernel is Linux {kernel.Major}.{kernel.Minor}, and emulators that "
                + "belong to one build need 6.7 or newer. Two ways out: start a newer kernel; or have root register the "
                + $"emulator for the whole host with flag F, for example by installing the package qemu-user-static "
                + $"(it must show 'flags: F' in /proc/sys/fs/binfmt_misc/{qemu})"
        );

    internal static EmulationException NoEmulator(string system) =>
        new($"programs of '{system}' cannot be run here: QEMU has no user mode for it");

    internal static EmulationException NotAProgram(string path, string reason) =>
        new($"'{path}' cannot be run: {reason}");
}
