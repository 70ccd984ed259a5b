namespace Ferry.Debian.Tests.Fetching;

public sealed class PinnedPackageTests
{
    [Theory]
    [InlineData("Version '9' for 'libattr1:riscv64' was not found", true)]
    [InlineData("Unable to locate package libattr1:riscv64", true)]
    [InlineData("Unable to locate package libattr1", true)]
    [InlineData("Version '9' for 'libattr1-dev:riscv64' was not found", false)]
    [InlineData("Version '9' for 'libattr1:amd64' was not found", false)]
    public void A_message_of_apt_names_the_package_that_it_is_about(string message, bool isMeant)
    {
        var package = Samples.Package("libattr1", "9", "riscv64", [1]);

        Assert.Equal(isMeant, package.IsMeant(message));
    }
}
