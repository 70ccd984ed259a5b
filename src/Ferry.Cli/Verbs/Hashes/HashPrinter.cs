using Ferry.Cli.Composition;
using Ferry.Formats.Hashing;
using Ferry.Formats.StorePaths;
using Ferry.Store.FileTrees;

namespace Ferry.Cli.Verbs.Hashes;

/// <summary>The hash of a file or tree of this machine as text.</summary>
internal sealed class HashPrinter
{
    public ContentAddressMethod Method { get; set; } = ContentAddressMethod.Recursive;

    public HashKind Kind { get; set; } = HashKind.Sha256;

    public HashFormat Format { get; set; } = HashFormat.Sri;

    /// <summary>Folds longer digests into the 20 bytes that store paths have.</summary>
    public bool IsTruncated { get; set; }

    /// <exception cref="CommandException">Nothing can be read there.</exception>
    public string Print(Session session, string name)
    {
        var hash = Compute(session, name);
        var digest =
            IsTruncated && hash.Digest.Length > StorePath.DigestLength
                ? Hash.Fold(hash.Digest, StorePath.DigestLength)
                : hash.Digest;
        return Hash.Format(hash.Kind, digest, Format, withKind: Format == HashFormat.Sri);
    }

    private Hash Compute(Session session, string name)
    {
        if (Method == ContentAddressMethod.Recursive)
            return NarIdentity
                .Of(target => FileTreeReader.Read(session.ExistingPath(name), target), Kind)
                .Hash;

        // Read as a stream: the file may be a pipe, such as a shell's <(…).
        var path = Path.GetFullPath(name, session.WorkingDirectory);
        if (!Path.Exists(path))
            throw new CommandException($"opening file \"{name}\": No such file or directory");
        if (Directory.Exists(path))
            throw new CommandException($"file \"{name}\" is a directory; use 'hash path'");
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Hash.Compute(Kind, file);
    }
}
