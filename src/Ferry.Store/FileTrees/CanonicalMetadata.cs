using System.ComponentModel;
using System.Text;
using Ferry.Formats.Nar;
using Ferry.Platform;
using Ferry.Platform.Directories;
using Ferry.Platform.Files;

namespace Ferry.Store.FileTrees;

/// <summary>Whose files may be made a store object.</summary>
/// <param name="First">First user id, inclusive.</param>
/// <param name="Last">Last user id, inclusive.</param>
public sealed record UserRange(uint First, uint Last);

/// <summary>Gives a tree the metadata that every store object has, so that only what a NAR holds makes a difference.</summary>
/// <remarks>
/// Modes 0444 and 0555, modification time 1, the store's owner, no extended attributes.
/// </remarks>
public static class CanonicalMetadata
{
    /// <summary>Unix seconds. Not 0, which some programs take for "no time".</summary>
    public const long ModificationTime = 1;

    // The security label belongs to the system; a process may not remove it. Stock: setting "ignored-acls".
    private static readonly string[] s_keptAttributes =
    [
        "security.csm",
        "security.selinux",
        "system.nfs4_acl",
    ];

    /// <summary>Canonicalises the tree at a path.</summary>
    /// <param name="path">The root of the tree; not followed when it is a link.</param>
    /// <param name="builders">
    /// When given, every file must belong to one of these users: a build must not hand in others' files through hard links.
    /// </param>
    /// <exception cref="StoreException">A file has the wrong owner or kind, or the system refuses.</exception>
    public static void Apply(string path, UserRange? builders = null) => Apply([path], builders);

    /// <summary>Canonicalises several trees that may share files by hard links, as the outputs of one build do.</summary>
    /// <inheritdoc cref="Apply(string, UserRange?)"/>
    public static void Apply(IEnumerable<string> paths, UserRange? builders = null)
    {
        var walk = new Walk(builders);
        try
        {
            foreach (var path in paths)
            {
                using var parent = DirectoryHandle.Open(Path.GetDirectoryName(path)!);
                walk.Node(parent, Encoding.UTF8.GetBytes(Path.GetFileName(path)), depth: 0);
            }
        }
        catch (Win32Exception exception)
        {
            throw new StoreException(exception.Message, exception);
        }
    }

    private sealed class Walk(UserRange? builders)
    {
        private const int ReadOnly = 0x124;
        private const int ReadExecute = 0x16d;

        // Files done already: a second name of one has our owner by now, which is no offence.
        private readonly HashSet<(ulong Device, ulong Inode)> _seen = [];

        public void Node(DirectoryHandle parent, byte[] name, int depth)
        {
            if (depth >= NarLimits.DepthMax)
                throw new StoreException(
                    $"path '{parent.PathOf(name)}' exceeds maximum NAR directory depth of {NarLimits.DepthMax}"
                );
            var status = parent.Status(name);
            if (status.Kind == FileKind.Other)
                throw new StoreException($"file '{parent.PathOf(name)}' has an unsupported type");
            parent.RemoveExtendedAttributes(name, s_keptAttributes);
            if (IsForeign(status))
            {
                if (
                    status.Kind == FileKind.Directory
                    || !_seen.Contains((status.Device, status.Inode))
                )
                    throw new StoreException($"invalid ownership on file '{parent.PathOf(name)}'");
                return;
            }
            _seen.Add((status.Device, status.Inode));

            SetPermissions(parent, name, status);
            if (status.User != UserIdentity.User)
                parent.SetOwner(name, UserIdentity.User, UserIdentity.Group);
            if (status.Kind == FileKind.Directory)
            {
                using var directory = parent.OpenDirectory(name);
                foreach (var entry in directory.List())
                    Node(directory, entry.Name, depth + 1);
            }
            if (status.ModifiedSeconds != ModificationTime)
                parent.SetTimes(name, ModificationTime);
        }

        private bool IsForeign(FileStatus status) =>
            builders is not null && (status.User < builders.First || status.User > builders.Last);

        private static void SetPermissions(DirectoryHandle parent, byte[] name, FileStatus status)
        {
            if (status.Kind == FileKind.SymbolicLink)
                return;
            var isDirectory = status.Kind == FileKind.Directory;
            var wanted = isDirectory || status.IsExecutable ? ReadExecute : ReadOnly;
            // Stock leaves 0555 alone, and so do we: a file's own bit decides it either way.
            if (status.Mode != wanted)
                parent.SetPermissions(name, wanted);
        }
    }
}
