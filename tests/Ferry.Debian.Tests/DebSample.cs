using System.Formats.Tar;
using System.Text;

namespace Ferry.Debian.Tests;

/// <summary>Builds ar archives and packages in memory.</summary>
internal static class DebSample
{
    public static byte[] Ar(params (string Name, byte[] Content)[] members)
    {
        using var archive = new MemoryStream();
        archive.Write("!<arch>\n"u8);
        foreach (var (name, content) in members)
        {
            var header = $"{name, -16}{0, -12}{0, -6}{0, -6}{"100644", -8}{content.Length, -10}`\n";
            archive.Write(Encoding.ASCII.GetBytes(header));
            archive.Write(content);
            if (content.Length % 2 != 0)
                archive.WriteByte((byte)'\n');
        }

        return archive.ToArray();
    }

    public static byte[] Tar(params TarEntry[] entries)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }

        return archive.ToArray();
    }

    public static byte[] Package(params TarEntry[] entries) =>
        Ar(
            ("debian-binary", "2.0\n"u8.ToArray()),
            ("control.tar", Tar()),
            ("data.tar", Tar(entries))
        );

    public static TarEntry File(string path, string content, bool isExecutable = false) =>
        File(path, Encoding.UTF8.GetBytes(content), isExecutable);

    public static TarEntry File(string path, byte[] content, bool isExecutable = false) =>
        new GnuTarEntry(TarEntryType.RegularFile, path)
        {
            DataStream = new MemoryStream(content),
            // Else two packages of one content differ by the second in which they were made.
            ModificationTime = DateTimeOffset.UnixEpoch,
            Mode = isExecutable
                ? UnixFileMode.UserRead | UnixFileMode.UserExecute
                : UnixFileMode.UserRead,
        };

    public static TarEntry Link(string path, string target) =>
        new GnuTarEntry(TarEntryType.SymbolicLink, path) { LinkName = target };

    public static TarEntry HardLink(string path, string target) =>
        new GnuTarEntry(TarEntryType.HardLink, path) { LinkName = target };
}
