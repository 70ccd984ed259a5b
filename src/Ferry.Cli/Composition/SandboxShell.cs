namespace Ferry.Cli.Composition;

/// <summary>The static program that sandboxed builds see as <c>/bin/sh</c>.</summary>
internal static class SandboxShell
{
    public const string FileName = "sandbox-shell";

    /// <summary>Where it is expected for a program: beside it while developing, one folder up once installed.</summary>
    /// <exception cref="FileNotFoundException">It is at neither place.</exception>
    public static string BesideProgram(string program)
    {
        var folder = Path.GetDirectoryName(program)!;
        string[] candidates =
        [
            Path.Combine(folder, "libexec", "ferry", FileName),
            Path.Combine(folder, "..", "libexec", "ferry", FileName),
        ];
        return candidates.Select(Path.GetFullPath).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"the static shell for builds is missing: neither {string.Join(" nor ", candidates.Select(Path.GetFullPath))} exists; set 'sandbox-shell' to a static shell"
            );
    }
}
