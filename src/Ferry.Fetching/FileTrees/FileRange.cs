using Microsoft.Win32.SafeHandles;

namespace Ferry.Fetching.FileTrees;

/// <summary>Files that lie one after another in a larger one.</summary>
internal static class FileRange
{
    /// <exception cref="IOException">The larger file ends before.</exception>
    public static byte[] Read(SafeFileHandle file, long start, long length)
    {
        var bytes = new byte[length];
        var done = 0;
        while (done < bytes.Length)
        {
            var count = RandomAccess.Read(file, bytes.AsSpan(done), start + done);
            if (count == 0)
                throw new IOException("a cached archive is cut off");
            done += count;
        }

        return bytes;
    }
}
