using System.ComponentModel;
using System.Diagnostics;

namespace Ferry.Debian.Tests;

/// <summary>Compresses with the host's xz program: Ferry itself only reads the format here.</summary>
internal static class XzSample
{
    public static byte[]? Compress(byte[] content)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("xz", "-c")
                {
                    UseShellExecute = false,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                }
            )!;
            process.StandardInput.BaseStream.Write(content);
            process.StandardInput.Close();
            using var result = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(result);
            process.WaitForExit();
            return result.ToArray();
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
