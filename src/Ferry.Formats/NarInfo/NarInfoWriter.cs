using System.Text;
using Ferry.Formats.StorePaths;

namespace Ferry.Formats.NarInfo;

/// <summary>Writes narinfo files. Grammar: docs/formats/narinfo.md.</summary>
public static class NarInfoWriter
{
    /// <exception cref="ArgumentException">The hash of the compressed file is not known.</exception>
    public static string Write(NarInfoFile info, StoreDirectory directory)
    {
        if (info.FileHash is null)
            throw new ArgumentException("a narinfo needs the hash of its file", nameof(info));
        var text = new StringBuilder()
            .Append($"StorePath: {directory.Format(info.Path)}\n")
            .Append($"URL: {info.Url}\n")
            .Append($"Compression: {info.Compression}\n")
            .Append($"FileHash: {info.FileHash.ToNix32WithKind()}\n")
            .Append($"FileSize: {info.FileSize}\n")
            .Append($"NarHash: {info.NarHash.ToNix32WithKind()}\n")
            .Append($"NarSize: {info.NarSize}\n")
            .Append($"References: {string.Join(' ', info.References)}\n");
        if (info.Deriver is { } deriver)
            text.Append($"Deriver: {deriver}\n");
        foreach (var signature in info.Signatures)
            text.Append($"Sig: {signature}\n");
        if (info.ContentAddress is { } address)
            text.Append($"CA: {address}\n");
        return text.ToString();
    }
}
