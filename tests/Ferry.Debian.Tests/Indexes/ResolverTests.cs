using Ferry.Debian.Indexes;

namespace Ferry.Debian.Tests.Indexes;

public class ResolverTests
{
    private const string Index = """
        Package: app
        Version: 1.0-1
        Architecture: amd64
        Depends: libone (>= 1.0), missing | virtual, docs
        Pre-Depends: init:any
        Filename: pool/app.deb
        Size: 10
        SHA256: aa
        Description: several
         lines: of text

        Package: app
        Version: 0.9-1
        Architecture: amd64
        Filename: pool/app-old.deb
        Size: 9
        SHA256: a0

        Package: libone
        Version: 1
        Architecture: all
        Depends: app
        Filename: pool/libone.deb
        Size: 11
        SHA256: bb

        Package: zprovider
        Version: 1
        Architecture: amd64
        Provides: virtual
        Filename: pool/z.deb
        Size: 12
        SHA256: cc

        Package: provider
        Version: 1
        Architecture: amd64
        Provides: other, virtual (= 2)
        Filename: pool/p.deb
        Size: 12
        SHA256: dd

        Package: init
        Version: 1
        Architecture: amd64
        Filename: pool/i.deb
        Size: 13
        SHA256: ee

        Package: docs
        Version: 1
        Architecture: all
        Filename: pool/d.deb
        Size: 14
        SHA256: ff
        """;

    [Fact]
    public void Everything_needed_is_found_and_what_is_omitted_is_not()
    {
        var found = Resolver.Resolve(Parse(Index), "amd64", ["app"], ["doc*"]);

        Assert.Equal(["app", "init", "libone", "provider"], found.Keys);
        Assert.Equal(["init", "libone", "provider"], found["app"].Depends);
        Assert.Equal("1.0-1", found["app"].Version);
        Assert.Null(found["app"].Architecture);
        Assert.Equal("all", found["libone"].Architecture);
        Assert.Equal(11, found["libone"].Size);
    }

    [Fact]
    public void A_root_that_is_gone_and_a_need_that_nothing_meets_are_errors()
    {
        Assert.Contains("'gone'", Failure(Index, "gone"));
        Assert.Contains(
            "needs 'nothing'",
            Failure(Index.Replace("missing | virtual", "nothing", StringComparison.Ordinal), "app")
        );
    }

    [Fact]
    public void A_broken_index_is_an_error()
    {
        Assert.Contains("no field", Assert.Throws<DebianException>(() => Parse("x")).Message);
        Assert.Contains(
            "'a' without the field 'Size'",
            Assert
                .Throws<DebianException>(() =>
                    Parse("Package: a\nVersion: 1\nFilename: f\nArchitecture: all")
                )
                .Message
        );
        Assert.Contains(
            "size 'big'",
            Assert
                .Throws<DebianException>(() =>
                    Parse(Index.Replace("Size: 14", "Size: big", StringComparison.Ordinal))
                )
                .Message
        );
    }

    private static string Failure(string index, string root) =>
        Assert
            .Throws<DebianException>(() => Resolver.Resolve(Parse(index), "amd64", [root], []))
            .Message;

    private static PackagesIndex Parse(string text) => PackagesIndex.Parse(text.Split('\n'));
}
