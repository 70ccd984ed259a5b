using System.Globalization;
using System.Text;

namespace Ferry.Debian.Archives;

/// <summary>A file in an ar archive.</summary>
/// <param name="Name">Without the trailing slash that GNU ar writes.</param>
/// <param name="Size">Bytes.</param>
public readonly record struct ArMember(string Name, long Size);

/// <summary>Reads the members of an ar archive one after another, in a single pass.</summary>
/// <remarks>
/// The common form: a magic line, then members with a header of 60 bytes of text, each padded to an even place. The
/// tables of long names that GNU and BSD add do not occur in Debian packages and are refused.
/// Source: deb(5), ar(5). Borrows the stream.
/// </remarks>
public sealed class ArArchive
{
    private const int HeaderLength = 60;
    private const int NameLength = 16;
    private const int SizeStart = 48;
    private const int SizeLength = 10;

    private readonly Stream _stream;
    private Action? _skipCurrent;
    private bool _isPadded;

    /// <exception cref="DebianException">The stream does not begin as an ar archive.</exception>
    public ArArchive(Stream stream)
    {
        _stream = stream;
        Span<byte> magic = stackalloc byte[8];
        if (
            stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length
            || !magic.SequenceEqual("!<arch>\n"u8)
        )
            throw new DebianException("this is no ar archive: it does not begin with '!<arch>'");
    }

    /// <summary>Moves to the next member, over what is unread of the one before.</summary>
    /// <param name="content">Reads the member; it ends with the next call.</param>
    /// <returns>Null at the end of the archive.</returns>
    /// <exception cref="DebianException">The archive is cut off or a header is broken.</exception>
    public ArMember? Next(out Stream content)
    {
        SkipCurrent();
        content = Stream.Null;
        Span<byte> header = stackalloc byte[HeaderLength];
        var read = _stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false);
        if (read == 0)
            return null;
        if (read < HeaderLength)
            throw new DebianException("the ar archive ends within a header");
        if (header[58] != '`' || header[59] != '\n')
            throw new DebianException("an ar header does not end as one");

        var name = Encoding.ASCII.GetString(header[..NameLength]).TrimEnd(' ').TrimEnd('/');
        if (name.Length == 0 || name.StartsWith("#1/", StringComparison.Ordinal))
            throw new DebianException("the ar archive has a long name, which no package has");
        var sizeText = Encoding.ASCII.GetString(header.Slice(SizeStart, SizeLength)).TrimEnd(' ');
        if (!long.TryParse(sizeText, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            throw new DebianException(
                $"the ar member '{name}' has the size '{sizeText}', which is no number"
            );

        _isPadded = size % 2 != 0;
        var member = new BoundedStream(_stream, size, $"the ar member '{name}'");
        _skipCurrent = member.SkipRest;
        content = member;
        return new(name, size);
    }

    private void SkipCurrent()
    {
        _skipCurrent?.Invoke();
        _skipCurrent = null;
        // The padding of a last member may be missing: some writers leave it out.
        if (_isPadded)
            _ = _stream.ReadByte();
        _isPadded = false;
    }
}
