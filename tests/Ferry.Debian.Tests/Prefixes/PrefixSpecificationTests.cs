using Ferry.Debian.Prefixes;

namespace Ferry.Debian.Tests.Prefixes;

public class PrefixSpecificationTests
{
    [Fact]
    public void Every_field_is_read()
    {
        var specification = PrefixSpecification.Parse(
            """
            {
              "packages": ["/nix/store/a.deb"], "include": ["bin/**"], "exclude": ["x"], "keep": ["y"],
              "moves": [{ "from": "lib64", "to": "lib" }], "links": { "bin/sh": "bash" },
              "relocations": [{ "system": "x86_64-linux", "interpreter": "/ld", "runPath": ["/l"] }],
              "companions": ["/nix/store/c"], "interpreters": ["@out@/bin"],
              "wrappers": { "bin/perl": { "shell": "/sh", "variables": { "A": "b" } } }
            }
            """
        );
        Assert.Equal(["/nix/store/a.deb"], specification.Packages);
        Assert.Equal(new DirectoryMove("lib64", "lib"), Assert.Single(specification.Moves));
        Assert.Equal("/ld", Assert.Single(specification.Relocations).Interpreter);
        Assert.Equal("b", specification.Wrappers["bin/perl"].Variables["A"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "packages": null }""")]
    [InlineData("""{ "packages": [], "unknown": 1 }""")]
    [InlineData("""{ "packages": [], "moves": [{ "from": "x" }] }""")]
    public void What_is_no_specification_is_refused(string json) =>
        Assert.Throws<DebianException>(() => PrefixSpecification.Parse(json));
}
