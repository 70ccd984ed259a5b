using System.Formats.Tar;

namespace Ferry.Fetching.Archives;

/// <summary>Entries of a tar archive.</summary>
internal static class TarEntries
{
    public static void Add(TarEntry entry, UnpackedTree tree)
    {
        switch (entry.EntryType)
        {
            case TarEntryType.GlobalExtendedAttributes:
                // What "git archive" begins with: the commit, in a comment.
                return;
            case TarEntryType.Directory:
            case TarEntryType.DirectoryList:
                tree.AddDirectory(entry.Name);
                break;
            case TarEntryType.RegularFile:
            case TarEntryType.V7RegularFile:
            case TarEntryType.ContiguousFile:
                tree.AddFile(
                    entry.Name,
                    entry.Mode.HasFlag(UnixFileMode.UserExecute),
                    entry.DataStream
                );
                break;
            case TarEntryType.SymbolicLink:
                tree.AddLink(entry.Name, entry.LinkName);
                break;
            case TarEntryType.HardLink:
                tree.AddHardLink(entry.Name, entry.LinkName);
                break;
            default:
                throw new FetchException(
                    $"file '{entry.Name}' in tarball has unsupported file type '{entry.EntryType}'"
                );
        }

        tree.SawTime(entry.ModificationTime);
    }
}
