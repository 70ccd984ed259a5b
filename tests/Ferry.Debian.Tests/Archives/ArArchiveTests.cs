using System.Text;
using Ferry.Debian.Archives;

namespace Ferry.Debian.Tests.Archives;

public class ArArchiveTests
{
    [Fact]
    public void Members_are_read_in_order_whether_their_length_is_odd_or_even()
    {
        var archive = new ArArchive(
            new MemoryStream(
                DebSample.Ar(("one", "x"u8.ToArray()), ("two/", "yz"u8.ToArray()), ("three", []))
            )
        );

        Assert.Equal(new ArMember("one", 1), archive.Next(out var one));
        Assert.Equal("x", Text(one));
        Assert.Equal(new ArMember("two", 2), archive.Next(out var two));
        Assert.Equal("yz", Text(two));
        Assert.Equal(new ArMember("three", 0), archive.Next(out _));
        Assert.Null(archive.Next(out _));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5000)]
    public void A_member_that_is_not_read_is_skipped(int length)
    {
        var bytes = DebSample.Ar(("one", new byte[length]), ("two", "yes"u8.ToArray()));
        foreach (var stream in new Stream[] { new MemoryStream(bytes), new Unseekable(bytes) })
        {
            var archive = new ArArchive(stream);
            _ = archive.Next(out _);
            _ = archive.Next(out var two);
            Assert.Equal("yes", Text(two));
        }
    }

    [Fact]
    public void The_padding_of_the_last_member_may_be_missing()
    {
        var bytes = DebSample.Ar(("one", "x"u8.ToArray()));
        var archive = new ArArchive(new MemoryStream(bytes[..^1]));
        Assert.NotNull(archive.Next(out _));
        Assert.Null(archive.Next(out _));
    }

    [Fact]
    public void Something_else_is_no_archive() =>
        Assert.Throws<DebianException>(() =>
            new ArArchive(new MemoryStream("PK\u0003\u0004"u8.ToArray()))
        );

    [Fact]
    public void A_broken_header_is_named()
    {
        Assert.Contains("within a header", Failure(DebSample.Ar(("a", []))[..^1]));

        var size = DebSample.Ar(("a", []));
        size[8 + 48] = (byte)'x';
        Assert.Contains("no number", Failure(size));

        var end = DebSample.Ar(("a", []));
        end[^1] = (byte)'x';
        Assert.Contains("does not end", Failure(end));

        Assert.Contains("long name", Failure(DebSample.Ar(("#1/20", []))));
    }

    [Fact]
    public void An_archive_that_ends_within_a_member_is_refused()
    {
        var archive = new ArArchive(new MemoryStream(DebSample.Ar(("a", new byte[10]))[..^4]));
        _ = archive.Next(out var content);
        Assert.Throws<DebianException>(() => Text(content));
    }

    private static string Failure(byte[] archive) =>
        Assert
            .Throws<DebianException>(() => new ArArchive(new MemoryStream(archive)).Next(out _))
            .Message;

    private static string Text(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return reader.ReadToEnd();
    }

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
