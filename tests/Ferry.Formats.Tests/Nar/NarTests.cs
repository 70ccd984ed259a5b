using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Ferry.Formats.Nar;

namespace Ferry.Formats.Tests.Nar;

public class NarTests
{
    [Fact]
    public void One_file_is_written_as_the_format_says()
    {
        var nar = new MemoryStream();
        NarWriter.WriteFile(nar, "hi"u8, isExecutable: true);

        var expected = Archive("(", "type", "regular", "executable", "", "contents", "hi", ")");
        Assert.Equal(expected, nar.ToArray());
    }

    [Fact]
    public void Every_tree_is_read_as_it_was_written() =>
        Trees.Tree.Sample(tree =>
        {
            var nar = Written(tree);
            var again = new MemoryStream();
            var writer = new NarWriter(again);
            NarReader.Read(new MemoryStream(nar), writer);
            writer.Complete();
            return again.ToArray().AsSpan().SequenceEqual(nar);
        });

    [Fact]
    public void An_archive_cut_anywhere_is_refused()
    {
        var nar = Archive(
            "(",
            "type",
            "directory",
            "entry",
            "(",
            "name",
            "a",
            "node",
            "(",
            "type",
            "regular",
            "contents",
            "text",
            ")",
            ")",
            ")"
        );

        for (var length = 0; length < nar.Length; length++)
            Assert.Throws<BadFormatException>(() => Read(nar[..length]));
        Read(nar);
    }

    [Fact]
    public void A_changed_byte_is_refused_or_changes_the_tree() =>
        Gen.Select(Trees.Tree, Gen.Int[0, 1_000_000], Gen.Byte[1, 255])
            .Sample(
                (tree, place, change) =>
                {
                    var nar = Written(tree);
                    nar[place % nar.Length] ^= change;
                    try
                    {
                        var again = new MemoryStream();
                        var writer = new NarWriter(again);
                        NarReader.Read(new MemoryStream(nar), writer);
                        writer.Complete();
                        // Whatever is accepted has one form only.
                        return again
                            .ToArray()
                            .AsSpan()
                            .SequenceEqual(nar.AsSpan(0, (int)again.Length));
                    }
                    catch (BadFormatException)
                    {
                        return true;
                    }
                }
            );

    [Theory]
    [InlineData("a/b")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_name_that_leads_elsewhere_is_refused(string name)
    {
        var nar = Archive(
            "(",
            "type",
            "directory",
            "entry",
            "(",
            "name",
            name,
            "node",
            "(",
            "type",
            "symlink",
            "target",
            "x",
            ")",
            ")",
            ")"
        );

        var exception = Assert.Throws<BadFormatException>(() => Read(nar));
        Assert.Contains(
            "NAR contains invalid file name",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", "a")]
    [InlineData("B", "A")]
    public void Names_out_of_order_are_refused(string first, string second)
    {
        var nar = Archive(
            "(",
            "type",
            "directory",
            "entry",
            "(",
            "name",
            first,
            "node",
            "(",
            "type",
            "symlink",
            "target",
            "x",
            ")",
            ")",
            "entry",
            "(",
            "name",
            second,
            "node",
            "(",
            "type",
            "symlink",
            "target",
            "x",
            ")",
            ")",
            ")"
        );

        var exception = Assert.Throws<BadFormatException>(() => Read(nar));
        Assert.Equal("bad archive: NAR directory is not sorted", exception.Message);
    }

    [Fact]
    public void Names_that_differ_in_case_are_two_names() =>
        Read(
            Archive(
                "(",
                "type",
                "directory",
                "entry",
                "(",
                "name",
                "A",
                "node",
                "(",
                "type",
                "symlink",
                "target",
                "x",
                ")",
                ")",
                "entry",
                "(",
                "name",
                "a",
                "node",
                "(",
                "type",
                "symlink",
                "target",
                "x",
                ")",
                ")",
                ")"
            )
        );

    [Theory]
    [InlineData("a name longer than 255 bytes", "string is too long")]
    [InlineData("a target longer than 4095 bytes", "string is too long")]
    [InlineData("a length beyond any memory", "string is too long")]
    [InlineData("padding that is not zero", "non-zero padding")]
    [InlineData(
        "too many levels",
        "bad archive: NAR directory nesting exceeds maximum depth of 64"
    )]
    [InlineData("something else", "bad archive: input doesn't look like a Nix archive")]
    [InlineData("an unknown kind", "bad archive: unknown file type 'device'")]
    [InlineData("an empty target", "bad archive: NAR contains invalid symlink target")]
    public void A_hostile_archive_is_refused(string what, string message)
    {
        var exception = Assert.Throws<BadFormatException>(() => Read(Hostile(what)));
        Assert.Equal(message, exception.Message);
    }

    private static byte[] Hostile(string what)
    {
        switch (what)
        {
            case "a name longer than 255 bytes":
                return Archive(
                    "(",
                    "type",
                    "directory",
                    "entry",
                    "(",
                    "name",
                    new string('a', 256)
                );
            case "a target longer than 4095 bytes":
                return Archive("(", "type", "symlink", "target", new string('a', 4096));
            case "a length beyond any memory":
                var huge = new byte[8];
                BinaryPrimitives.WriteInt64LittleEndian(huge, long.MaxValue);
                return [.. Archive("(", "type"), .. huge];
            case "padding that is not zero":
                var nar = Archive("(", "type", "regular", "contents", "hi", ")");
                nar[^17] = 1;
                return nar;
            case "too many levels":
                string[] level = ["(", "type", "directory", "entry", "(", "name", "a", "node"];
                return Archive([.. Enumerable.Repeat(level, 65).SelectMany(part => part)]);
            case "an unknown kind":
                return Archive("(", "type", "device");
            case "an empty target":
                return Archive("(", "type", "symlink", "target", "");
            default:
                return Encoding.ASCII.GetBytes("this is no archive at all, but some text");
        }
    }

    private static void Read(byte[] nar)
    {
        var writer = new NarWriter(Stream.Null);
        NarReader.Read(new MemoryStream(nar), writer);
    }

    private static byte[] Written(Action<INarTarget> tree)
    {
        var nar = new MemoryStream();
        var writer = new NarWriter(nar);
        tree(writer);
        writer.Complete();
        return nar.ToArray();
    }

    private static byte[] Archive(params string[] tokens)
    {
        var archive = new MemoryStream();
        foreach (var token in tokens.Prepend("nix-archive-1"))
        {
            var bytes = Encoding.UTF8.GetBytes(token);
            archive.Write(BitConverter.GetBytes((long)bytes.Length));
            archive.Write(bytes);
            archive.Write(new byte[-bytes.Length & 7]);
        }
        return archive.ToArray();
    }
}
