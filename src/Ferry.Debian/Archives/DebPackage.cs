using System.Formats.Tar;
using ZstdSharp;

namespace Ferry.Debian.Archives;

/// <summary>Reads the files of a Debian binary package.</summary>
/// <remarks>
/// An ar archive of <c>debian-binary</c> ("2.0"), <c>control.tar.*</c> and <c>data.tar.*</c>, in this order.
/// Source: deb(5).
/// </remarks>
public static class DebPackage
{
    /// <summary>Calls for every entry of the data archive, in its order.</summary>
    /// <param name="package">From its first byte; borrowed.</param>
    /// <param name="visit">The entry and its data end when the call returns.</param>
    /// <exception cref="DebianException">This is no package, or it is damaged.</exception>
    public static void ReadData(Stream package, Action<TarEntry> visit)
    {
        using var data = OpenData(package);
        try
        {
            using var tar = new TarReader(data, leaveOpen: true);
            while (tar.GetNextEntry() is { } entry)
                visit(entry);
            // What follows the last entry holds the checksum of everything before.
            data.CopyTo(Stream.Null);
        }
        // What the readers of tar, xz, gzip and zstd throw for data that makes no sense.
        catch (Exception exception)
            when (exception
                    is InvalidDataException
                        or FormatException
                        or EndOfStreamException
                        or OverflowException
                        or NotSupportedException
                        or ZstdException
            )
        {
            throw new DebianException(
                $"the package's data archive is damaged: {exception.Message}",
                exception
            );
        }
    }

    private static Stream OpenData(Stream package)
    {
        var archive = new ArArchive(package);
        if (archive.Next(out var version) is not { Name: "debian-binary" })
            throw new DebianException("this is no Debian package: 'debian-binary' is not first");
        using (var reader = new StreamReader(version, leaveOpen: true))
        {
            var text = reader.ReadToEnd().TrimEnd('\n');
            if (!text.StartsWith("2.", StringComparison.Ordinal))
                throw new DebianException(
                    $"the package has the format '{text}'; only 2.x can be read"
                );
        }

        while (archive.Next(out var content) is { } member)
        {
            if (member.Name.StartsWith("data.tar", StringComparison.Ordinal))
                return Decompression.Open(content, member.Name["data.tar".Length..]);
        }

        throw new DebianException("the package has no data archive");
    }
}
