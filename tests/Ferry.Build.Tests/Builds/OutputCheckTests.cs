using Ferry.Store.Building;

namespace Ferry.Build.Tests.Builds;

/// <summary>The rules of <c>outputChecks</c>, which structured attributes have in place of the plain ones.</summary>
public sealed class OutputCheckTests : IDisposable
{
    private const string FindOutput =
        "out=$(sed -n 's/.*\"out\":\"\\(\\/nix\\/store\\/[^\"]*\\)\".*/\\1/p' $NIX_ATTRS_JSON_FILE); ";

    private readonly BuildStore _store = BuildStore.OpenOrSkip();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("\"maxSize\":1000", "is too large at 4216 bytes; limit is 1000 bytes")]
    [InlineData("\"maxClosureSize\":4300", "is too large at 4336 bytes; limit is 4300 bytes")]
    [InlineData("\"allowedReferences\":[]", "is not allowed to refer to the following paths:")]
    [InlineData(
        "\"disallowedReferences\":[\"@\"]",
        "is not allowed to refer to the following paths:"
    )]
    [InlineData("\"allowedRequisites\":[\"@\"]", "is not allowed to refer to the following paths:")]
    [InlineData(
        "\"allowedReferences\":[\"lib\"]",
        "contains output name 'lib', but this is not a valid output of this derivation. (Valid outputs are [out].)"
    )]
    public void A_broken_rule_is_named(string rule, string message)
    {
        var result = Run(rule);
        Assert.Equal(BuildStatus.OutputRejected, result.Status);
        Assert.Contains(message, result.Message);
        _store.AssertClean();
    }

    [Theory]
    [InlineData("\"maxSize\":4216,\"maxClosureSize\":4336")]
    [InlineData("\"allowedReferences\":[\"@\",\"out\"],\"allowedRequisites\":[\"out\",\"@\"]")]
    public void A_rule_that_holds_is_silent(string rule) => Assert.True(Run(rule).IsSuccess);

    [Fact]
    public void A_rule_of_the_wrong_type_is_refused() =>
        Assert.Contains(
            "Expected JSON value to be of type 'array' but it is of type 'number': 1",
            Run("\"allowedReferences\":1").Message
        );

    // 4000 bytes, its own path and that of a dependency.
    private BuildResult Run(string rule)
    {
        var dependency = _store.Add("dep", "echo dep > $out");
        var path = _store.Store.Directory.Format(_store.Output(dependency));
        var derivation = _store.Add(
            "checked",
            $"{FindOutput} {{ dd if=/dev/zero bs=4000 count=1 2>/dev/null; echo -n $out; }} > $out; "
                + $"echo -n {path} >> $out",
            plain =>
            {
                var needs = _store.Needs(dependency)(plain);
                var json =
                    $"{{\"outputChecks\":{{\"out\":{{{rule.Replace("@", path, StringComparison.Ordinal)}}}}}}}";
                return BuildStore.With(("__json", json))(needs);
            }
        );
        return _store.Run(derivation).Results.Single();
    }
}
