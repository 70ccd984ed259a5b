using Ferry.Evaluation.Tests.Hosting;

namespace Ferry.Evaluation.Tests;

/// <summary>Sets that grew by small updates are as if they had been written at once.</summary>
public class LayeredSetTests
{
    private const string Grown = """
        let
          base = builtins.listToAttrs (builtins.genList (i: { name = "k${toString i}"; value = i; }) 40);
          grow = n: builtins.foldl' (acc: i: acc // { "k${toString (i * 7)}" = i + 1000; }) base (builtins.genList (i: i) n);
          whole = n: builtins.listToAttrs (builtins.genList (i: { name = "k${toString (i * 7)}"; value = i + 1000; }) n
            ++ builtins.genList (i: { name = "k${toString i}"; value = i; }) 40);
          depths = builtins.genList (i: i) 30;
        """;

    [Theory]
    [InlineData("builtins.all (n: grow n == whole n) depths")]
    [InlineData(
        "builtins.all (n: builtins.attrNames (grow n) == builtins.attrNames (whole n)) depths"
    )]
    [InlineData("builtins.all (n: (grow n).k7 == (whole n).k7) depths")]
    [InlineData("builtins.all (n: (grow n) ? k28 && !(grow n ? missing)) depths")]
    [InlineData("builtins.all (n: ((grow n).missing or n) == n) depths")]
    [InlineData("builtins.all (n: let s = grow n; in with s; k14 == s.\"k${toString 14}\") depths")]
    [InlineData("let s = grow 5; in builtins.all (i: s.k14 == 1002) (builtins.genList (i: i) 100)")]
    [InlineData("let s = grow 5 // { f = x: x; }; in s == s")]
    [InlineData("builtins.isAttrs (grow 3) && builtins.typeOf (grow 3) == \"set\"")]
    [InlineData("builtins.mapAttrs (n: v: v) (grow 9) == grow 9")]
    [InlineData("(grow 4 // grow 9) == grow 9 && (base // grow 9 // base).k7 == 7")]
    [InlineData("(({ k7, ... }@all: all) (grow 6)) == grow 6")]
    public void Updates_in_layers_look_like_one_set(string claim) =>
        Assert.Equal("true", TestEvaluation.Show($"{Grown} in {claim}"));

    [Fact]
    public void Attributes_keep_the_positions_of_where_they_were_written()
    {
        const string program =
            Grown
            + """

                in (builtins.unsafeGetAttrPos "z" (base // {
                  z = 1; })).line
                """;
        Assert.Equal(
            TestEvaluation.Show(program.Replace("base // {", "{ } // {", StringComparison.Ordinal)),
            TestEvaluation.Show(program)
        );
    }

    [Fact]
    public void Memory_of_finished_calls_is_used_again()
    {
        // What a call left behind must not be taken for its own: lists, sets and closures outlive it.
        Assert.Equal(
            "[ 3 [ 5 6 ] 11 15 { a = 2; } 7 ]",
            TestEvaluation.Show(
                """
                let
                  add = a: b: a + b;
                  keep = a: b: [ (a + b) (add a (b + 1)) ];
                  close = a: b: (c: a + b + c);
                  three = a: b: c: let d = a + b; in d + c;
                  set = a: let b = a; in { a = b; };
                  lazy = a: let l = [ (a + 1) ]; in builtins.seq l (builtins.head l);
                in [ (add 1 2) (keep 2 3) ((close 2 4) 5) (three 4 5 6) (set 2) (lazy 6) ]
                """
            )
        );
    }
}
