using System.Runtime.InteropServices;

namespace Ferry.Cli.Composition;

/// <summary>This machine in Nix's words.</summary>
internal static class Systems
{
    /// <summary>The machine's own system, such as <c>x86_64-linux</c>.</summary>
    public static string Own { get; } =
        (
            RuntimeInformation.OSArchitecture switch
            {
                Architecture.X64 => "x86_64",
                Architecture.X86 => "i686",
                Architecture.Arm64 => "aarch64",
                Architecture.Arm => "armv7l",
                Architecture.RiscV64 => "riscv64",
                Architecture.Ppc64le => "powerpc64le",
                Architecture.S390x => "s390x",
                Architecture.LoongArch64 => "loongarch64",
                var other => other.ToString().ToLowerInvariant(),
            }
        ) + "-linux";

    /// <summary>Other systems whose programs the processor itself runs.</summary>
    public static IReadOnlyList<string> RunBy(string system) =>
        system == "x86_64-linux" ? ["i686-linux"] : [];
}
