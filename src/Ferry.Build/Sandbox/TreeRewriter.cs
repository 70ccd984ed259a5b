using Ferry.Formats;
using Ferry.Platform;
using Ferry.Platform.Files;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Build.Sandbox;

/// <summary>Replaces texts by others of the same length in the files and links of a tree.</summary>
internal sealed class TreeRewriter
{
    private const int BlockSize = 1 << 20;
    private const int OwnerReadWrite = 0b110_000_000;

    private readonly IReadOnlyList<KeyValuePair<ByteString, ByteString>> _rules;
    private readonly ByteRewriter _links;
    private readonly int _overlap;

    public TreeRewriter(IReadOnlyList<KeyValuePair<ByteString, ByteString>> rules)
    {
        if (rules.Any(rule => rule.Key.Length != rule.Value.Length))
            throw new ArgumentException(
                "a text and its replacement are equally long",
                nameof(rules)
            );
        _rules = rules;
        _links = new ByteRewriter(rules);
        _overlap = rules.Select(rule => rule.Key.Length - 1).DefaultIfEmpty(0).Max();
    }

    public void Rewrite(NativePath path)
    {
        if (_rules.Count == 0)
            return;
        var status = FileStatus.Get(path);
        switch (status.Kind)
        {
            case FileKind.Directory:
                foreach (var name in DirectoryListing.Read(path))
                    Rewrite(path.Append(name));
                break;
            case FileKind.SymbolicLink:
                RewriteLink(path);
                break;
            case FileKind.Regular:
                if ((status.Mode & OwnerReadWrite) != OwnerReadWrite)
                    FileMetadata.ChangeMode(path, status.Mode | OwnerReadWrite);
                using (var file = FileHandles.Open(path, FileOpening.ReadWrite))
                    RewriteFile(file);
                break;
            default:
                break;
        }
    }

    private void RewriteLink(NativePath path)
    {
        var target = ByteString.Adopt(SymbolicLink.ReadTarget(path));
        var rewritten = _links.Rewrite(target);
        if (rewritten.Equals(target))
            return;
        _ = Names.RemoveFile(path);
        SymbolicLink.Create(NativePath.FromBytes(rewritten.Span), path);
    }

    // Blocks overlap, so that a text on the border of two is found in the second one.
    private void RewriteFile(SafeFileHandle file)
    {
        var buffer = new byte[BlockSize + _overlap];
        long start = 0;
        int count;
        while ((count = RandomAccess.Read(file, buffer, start)) > _overlap)
        {
            var block = buffer.AsSpan(0, count);
            foreach (var (from, to) in _rules)
            {
                for (
                    int at = 0, next;
                    (next = block[at..].IndexOf(from.Span)) >= 0;
                    at += next + from.Length
                )
                    RandomAccess.Write(file, to.Span, start + at + next);
            }

            start += count - _overlap;
        }
    }
}
