using Ferry.Debian.Indexes;

namespace Ferry.Debian.Tests.Indexes;

public class SourcesIndexTests
{
    private const string Index = """
        Package: lua5.4
        Binary: lua5.4, liblua5.4-0
        Version: 5.4.7-1
        Directory: pool/main/l/lua5.4
        Checksums-Sha1:
         aaaa 10 lua5.4_5.4.7.orig.tar.gz
        Checksums-Sha256:
         d5c 2113 lua5.4_5.4.7-1.dsc
         9fb 374097 lua5.4_5.4.7.orig.tar.gz
         9fc 228 lua5.4_5.4.7.orig.tar.gz.asc
         9fd 12 lua5.4_5.4.7.orig-extra.tar.gz
         e1a 15060 lua5.4_5.4.7-1.debian.tar.xz
        Homepage: https://www.lua.org

        Package: lua5.4
        Version: 5.4.8-1
        Directory: pool/main/l/lua5.4
        Extra-Source-Only: yes
        Checksums-Sha256:
         fff 1 lua5.4_5.4.8.orig.tar.gz

        Package: lua5.4
        Version: 5.4.6-9
        Directory: pool/main/l/lua5.4
        Checksums-Sha256:
         eee 1 lua5.4_5.4.6.orig.tar.gz

        Package: own
        Version: 1.2
        Directory: pool/main/o/own
        Checksums-Sha256:
         abc 5 own_1.2.dsc
         abd 6 own_1.2.tar.xz

        Package: unwanted
        Version: 1
        """;

    [Fact]
    public void Upstreams_archive_of_the_newest_version_is_found()
    {
        var source = Read("lua5.4").Find("lua5.4")!;
        Assert.Equal("5.4.7-1", source.Version.Text);
        Assert.Equal("pool/main/l/lua5.4/lua5.4_5.4.7.orig.tar.gz", source.Filename);
        Assert.Equal((374097, "9fb"), (source.Size, source.Sha256));
    }

    [Fact]
    public void A_package_of_Debians_own_has_one_archive() =>
        Assert.Equal("pool/main/o/own/own_1.2.tar.xz", Read("own").Find("own")!.Filename);

    [Fact]
    public void What_nobody_wants_is_not_even_looked_at() =>
        Assert.Null(Read("own").Find("unwanted"));

    [Fact]
    public void A_wanted_package_without_its_fields_is_an_error() =>
        Assert.Contains(
            "'unwanted'",
            Assert.Throws<DebianException>(() => Read("unwanted")).Message
        );

    private static SourcesIndex Read(string wanted)
    {
        var index = new SourcesIndex(new HashSet<string> { wanted });
        foreach (var line in Index.Split('\n'))
            index.Add(line);
        index.Finish();
        return index;
    }
}
