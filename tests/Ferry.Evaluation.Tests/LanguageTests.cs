using Ferry.Evaluation.Tests.Hosting;

namespace Ferry.Evaluation.Tests;

public class LanguageTests
{
    [Theory]
    [InlineData("1 + 2", "3")]
    [InlineData("1 + 2.5", "3.5")]
    [InlineData("7 / 2 * 2 - 10", "-4")]
    [InlineData("\"a\" + \"b\"", "\"ab\"")]
    [InlineData("/a + \"/b\"", "/a/b")]
    [InlineData("let x = 1; y = x + 1; in [ x y ]", "[ 1 2 ]")]
    [InlineData("rec { a = b; b = 2; }", "{ a = 2; b = 2; }")]
    [InlineData("(x: y: x - y) 5 3", "2")]
    [InlineData("({ a, b ? a, ... }@s: [ a b s ]) { a = 1; c = 2; }", "[ 1 1 { a = 1; c = 2; } ]")]
    [InlineData("with { a = 1; b = 2; }; with { b = 3; }; [ a b ]", "[ 1 3 ]")]
    [InlineData("let a = 1; in with { a = 2; }; a", "1")]
    [InlineData("{ a = 1; } // { b = 2; a = 3; }", "{ a = 3; b = 2; }")]
    [InlineData("{ a.b.c = 1; a.d = 2; }", "{ a = { b = { c = 1; }; d = 2; }; }")]
    [InlineData("{ a.b = 1; }.a.b or 2", "1")]
    [InlineData("{ a.b = 1; }.a.c or 2", "2")]
    [InlineData("(1).a or 2", "2")]
    [InlineData("{ a.b = 1; } ? a.b", "true")]
    [InlineData("{ a = 1; } ? a.b", "false")]
    [InlineData("{ \"a${\"b\"}\" = 1; ${null} = 2; }", "{ ab = 1; }")]
    [InlineData("[ 1 ] ++ [ 2 ] == [ 1 2 ]", "true")]
    [InlineData("let f = x: x; in [ (f == f) ([ f ] == [ f ]) ]", "[ false true ]")]
    [InlineData("1 == 1.0", "true")]
    [InlineData("[ 1 2 ] < [ 1 3 ]", "true")]
    [InlineData("\"x${toString [ 1 true null [ ] \"y\" ]}\"", "\"x1 1  y\"")]
    [InlineData("\"${{ outPath = \"p\"; }}\"", "\"p\"")]
    [InlineData("\"${{ __toString = self: self.x; x = \"t\"; }}\"", "\"t\"")]
    [InlineData("{ __functor = self: x: self.y + x; y = 1; } 2", "3")]
    [InlineData("let inherit ({ a = 1; b = 2; }) a b; in a + b", "3")]
    [InlineData("let s = { inherit ({ z = 4; }) z; }; in s.z", "4")]
    [InlineData("rec { x = 1; y = x; __overrides = { x = 2; w = 3; }; }.y", "2")]
    [InlineData("if 1 < 2 && !(2 <= 1) || false then \"y\" else \"n\"", "\"y\"")]
    [InlineData("false -> (throw \"no\")", "true")]
    [InlineData("let __sub = a: b: 42; in 1 - 1", "42")]
    [InlineData("-1", "-1")]
    [InlineData("map (x: x * x) [ 1 2 3 ]", "[ 1 4 9 ]")]
    [InlineData("(builtins.tryEval (throw \"x\")).success", "false")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("builtins ? builtins.builtins.map", "true")]
    public void A_program_has_its_value(string program, string expected) =>
        Assert.Equal(expected, TestEvaluation.Show(program));

    [Theory]
    [InlineData("let x = x; in x", "infinite recursion encountered")]
    [InlineData("let x = x + 1; in x", "infinite recursion encountered")]
    [InlineData("x", "undefined variable 'x'")]
    [InlineData("with { }; x", "undefined variable 'x'")]
    [InlineData("{ }.a", "attribute 'a' missing")]
    [InlineData("1 + \"a\"", "cannot add a string to an integer")]
    [InlineData("\"a\" + 1", "cannot coerce an integer to a string: 1")]
    [InlineData("9223372036854775807 + 1", "integer overflow in adding 9223372036854775807 + 1")]
    [InlineData("1 / 0", "division by zero")]
    [InlineData(
        "assert 1 == 2; 3",
        "an integer with value '1' is not equal to an integer with value '2'"
    )]
    [InlineData("1 2", "attempt to call something which is not a function but an integer: 1")]
    [InlineData(
        "({ a }: a) { }",
        "function 'anonymous lambda' called without required argument 'a'"
    )]
    [InlineData(
        "let f = { a }: a; in f { a = 1; b = 2; }",
        "function 'f' called with unexpected argument 'b'"
    )]
    [InlineData("if 1 then 2 else 3", "expected a Boolean but found an integer: 1")]
    [InlineData("let f = n: 1 + f (n + 1); in f 0", "stack overflow; max-call-depth exceeded")]
    public void A_wrong_program_has_its_error(string program, string expected) =>
        Assert.Equal("error: " + expected, TestEvaluation.Show(program));
}
