using Ferry.Debian.Indexes;

namespace Ferry.Debian.Tests.Indexes;

public class DebianVersionTests
{
    // Each pair was put to dpkg --compare-versions.
    [Theory]
    [InlineData("1.0", "1.1")]
    [InlineData("1.9", "1.10")]
    [InlineData("1.0~rc1", "1.0")]
    [InlineData("1.0", "1.0+b1")]
    [InlineData("1.0-1", "1.0-1+b2")]
    [InlineData("1.0-1", "1.0-1.1")]
    [InlineData("9", "1:1")]
    [InlineData("1.0a", "1.0+")]
    [InlineData("1.0~~", "1.0~")]
    [InlineData("2.41-12+deb13u3", "2.41-12+deb13u4")]
    [InlineData("1.2-3", "1.2a-1")]
    public void Versions_are_ordered_as_dpkg_does(string older, string newer)
    {
        Assert.True(Compare(older, newer) < 0);
        Assert.True(Compare(newer, older) > 0);
    }

    [Theory]
    [InlineData("1.0", "1.0")]
    [InlineData("0:1.0", "1.0")]
    [InlineData("1.00", "1.0")]
    [InlineData("1.0-0", "1.0")]
    public void Some_texts_are_one_version(string one, string other) =>
        Assert.Equal(0, Compare(one, other));

    private static int Compare(string one, string other) =>
        DebianVersion.Parse(one).CompareWith(DebianVersion.Parse(other));
}
