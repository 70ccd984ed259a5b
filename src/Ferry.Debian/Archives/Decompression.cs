using System.Diagnostics;

namespace Ferry.Debian.Archives;

internal static class Decompression
{
    public static Stream Open(Stream content, string suffix)
    {
        var p = Process.Start(
            new ProcessStartInfo("xz", "-dc")
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        new Thread(() =>
        {
            try
            {
                content.CopyTo(p.StandardInput.BaseStream);
                p.StandardInput.Close();
            }
            catch (IOException) { }
        }).Start();
        return p.StandardOutput.BaseStream;
    }
}
