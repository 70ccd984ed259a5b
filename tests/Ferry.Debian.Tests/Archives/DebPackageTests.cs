using System.IO.Compression;
using Ferry.Debian.Archives;

namespace Ferry.Debian.Tests.Archives;

[Collection(ProcessCollection.Name)]
public class DebPackageTests
{
    [Fact]
    public void Files_are_read_from_a_plain_data_archive() =>
        Assert.Equal(["usr/bin/a"], Names(DebSample.Package(DebSample.File("usr/bin/a", "x"))));

    [Fact]
    public void Files_are_read_from_compressed_data_archives()
    {
        var tar = DebSample.Tar(DebSample.File("a", "x"));
        using var gzip = new MemoryStream();
        using (var writer = new GZipStream(gzip, CompressionMode.Compress, leaveOpen: true))
            writer.Write(tar);
        using var zstd = new ZstdSharp.Compressor();

        Assert.Equal(["a"], Names(WithData("data.tar.gz", gzip.ToArray())));
        Assert.Equal(["a"], Names(WithData("data.tar.zst", zstd.Wrap(tar).ToArray())));
    }

    [Fact]
    public void Data_in_xz_is_read_and_damage_in_it_is_found()
    {
        var xz = XzSample.Compress(DebSample.Tar(DebSample.File("a", new string('x', 5000))));
        Assert.SkipWhen(xz is null, "there is no xz program to make a sample with");

        Assert.Equal(["a"], Names(WithData("data.tar.xz", xz)));

        var damaged = (byte[])xz.Clone();
        damaged[^20] ^= 1;
        Assert.ThrowsAny<Exception>(() => Names(WithData("data.tar.xz", damaged)));
        Assert.Contains(
            "damaged",
            Assert.Throws<DebianException>(() => Names(WithData("data.tar.xz", xz[..^30]))).Message
        );
    }

    [Fact]
    public void What_is_no_package_is_refused()
    {
        Assert.Contains("not first", Failure(DebSample.Ar(("data.tar", []))));
        Assert.Contains("3.0", Failure(DebSample.Ar(("debian-binary", "3.0\n"u8.ToArray()))));
        Assert.Contains(
            "no data archive",
            Failure(DebSample.Ar(("debian-binary", "2.0\n"u8.ToArray())))
        );
        Assert.Contains(".lzma", Failure(WithData("data.tar.lzma", [])));
    }

    [Fact]
    public void A_data_archive_that_is_cut_off_is_refused()
    {
        var tar = DebSample.Tar(DebSample.File("a", new string('x', 5000)));
        _ = Failure(WithData("data.tar", tar[..1000]));
    }

    [Fact]
    public void A_data_archive_of_nonsense_is_refused() =>
        _ = Failure(WithData("data.tar", [.. Enumerable.Repeat((byte)'x', 2048)]));

    private static byte[] WithData(string name, byte[] data) =>
        DebSample.Ar(("debian-binary", "2.0\n"u8.ToArray()), (name, data));

    private static string Failure(byte[] package) =>
        Assert.Throws<DebianException>(() => Names(package)).Message;

    private static List<string> Names(byte[] package)
    {
        var names = new List<string>();
        DebPackage.ReadData(
            new MemoryStream(package),
            entry =>
            {
                entry.DataStream?.CopyTo(Stream.Null);
                names.Add(entry.Name);
            }
        );
        return names;
    }
}
