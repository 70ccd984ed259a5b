using Ferry.Debian.Prefixes;

namespace Ferry.Debian.Tests.Prefixes;

public class PathPatternTests
{
    [Theory]
    [InlineData("bin/*", "bin/a", true)]
    [InlineData("bin/*", "bin/a/b", false)]
    [InlineData("bin/**", "bin/a/b", true)]
    [InlineData("bin/**", "bin", false)]
    [InlineData("**", "a/b", true)]
    [InlineData("**/x.h", "a/b/x.h", true)]
    [InlineData("lib/*.so?", "lib/a.so1", true)]
    [InlineData("lib/*.so?", "lib/a.so/", false)]
    [InlineData("lib/*-linux-gnu*/**", "lib/arm-linux-gnueabi/x", true)]
    [InlineData("lib/a+b", "lib/a+b", true)]
    [InlineData("lib/a", "lib/ab", false)]
    [InlineData("lib/ab", "lib/a", false)]
    [InlineData("*a*b*c", "xxaybzzc", true)]
    [InlineData("*a*b*c", "xxaybzz", false)]
    public void A_pattern_matches_what_it_says(string pattern, string path, bool matches) =>
        Assert.Equal(matches, new PathPattern(pattern).Matches(path));
}
