using System.IO.Compression;
using System.Text;

namespace Ferry.Fetching.Archives;

/// <summary>Entries of a zip archive; modes are where Unix programs put them.</summary>
internal static class ZipEntries
{
    private const int FileTypeMask = 0xf000;
    private const int DirectoryType = 0x4000;
    private const int RegularType = 0x8000;
    private const int LinkType = 0xa000;
    private const int OwnerExecutes = 0x40;
    private const int LinkLengthMax = 4096;

    public static void Read(Stream archive, UnpackedTree tree)
    {
        using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries)
            Add(entry, tree);
    }

    private static void Add(ZipArchiveEntry entry, UnpackedTree tree)
    {
        var mode = (entry.ExternalAttributes >> 16) & 0xffff;
        var isDirectory = entry.FullName.EndsWith('/');
        switch (mode & FileTypeMask)
        {
            case LinkType:
                tree.AddLink(entry.FullName, Target(entry));
                break;
            case 0 or RegularType when !isDirectory:
                using (var contents = entry.Open())
                    tree.AddFile(entry.FullName, (mode & OwnerExecutes) != 0, contents);
                break;
            case 0 or DirectoryType when isDirectory:
                tree.AddDirectory(entry.FullName);
                break;
            default:
                throw new FetchException(
                    $"file '{entry.FullName}' in the archive has an unsupported file type"
                );
        }

        // Times in zip have no zone; stock's reader takes them for local ones, and the extended field is not given out here.
        tree.SawTime(new DateTimeOffset(entry.LastWriteTime.DateTime, TimeSpan.Zero));
    }

    private static string Target(ZipArchiveEntry entry)
    {
        if (entry.Length > LinkLengthMax)
            throw new FetchException($"link '{entry.FullName}' in the archive is too long");
        using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
