{ lib }:
{
  testSplitString = {
    expr = [
      (lib.splitString "." "a.b..c")
      (lib.splitString "::" "a::b")
      (lib.splitString "." "")
    ];
    expected = [
      [ "a" "b" "" "c" ]
      [ "a" "b" ]
      [ "" ]
    ];
  };
  testHas = {
    expr = [
      (lib.hasPrefix "ab" "abc")
      (lib.hasSuffix "bc" "abc")
      (lib.hasSuffix "abcd" "abc")
      (lib.hasInfix "b" "abc")
      (lib.hasInfix "x\ny" "wx\nyz")
      (lib.hasInfix "" "abc")
      (lib.hasInfix ".*" "abc")
    ];
    expected = [
      true
      true
      false
      true
      true
      true
      false
    ];
  };
  testRemove = {
    expr = [
      (lib.removePrefix "a" "abc")
      (lib.removeSuffix "c" "abc")
      (lib.removePrefix "x" "abc")
    ];
    expected = [
      "bc"
      "ab"
      "abc"
    ];
  };
  testTrim = {
    expr = [
      (lib.trim "  a b \n")
      (lib.trim " \n")
      (lib.strings.trimWith { start = true; } " a ")
    ];
    expected = [
      "a b"
      ""
      "a "
    ];
  };
  testCase = {
    expr = [
      (lib.toUpper "aB1")
      (lib.toLower "AbC")
      (lib.strings.toSentenceCase "hELLO")
    ];
    expected = [
      "AB1"
      "abc"
      "Hello"
    ];
  };
  testEscapeShellArg = {
    expr = map lib.escapeShellArg [
      "plain-1.0"
      "it's"
      ""
      "a b"
    ];
    expected = [
      "plain-1.0"
      "'it'\\''s'"
      "''"
      "'a b'"
    ];
  };
  testToShellVar = {
    expr = lib.toShellVars {
      a = "x y";
      b = [ 1 2 ];
      c.k = "v";
    };
    expected = "a='x y'\ndeclare -a b=(1 2)\ndeclare -A c=([k]=v)";
  };
  testEscapeNix = {
    expr = [
      (lib.escapeNixIdentifier "a-b")
      (lib.escapeNixIdentifier "a b")
      (lib.escapeNixIdentifier "if")
      (lib.escapeNixString "a\${b}\n")
    ];
    expected = [
      "a-b"
      "\"a b\""
      "\"if\""
      "\"a\\\${b}\\n\""
    ];
  };
  testEscapeRegex = {
    expr = builtins.match (lib.escapeRegex "a.b[c](d)") "a.b[c](d)" != null;
    expected = true;
  };
  testToInt = {
    expr = [
      (lib.toInt "-12")
      (lib.toInt " 7 ")
      (lib.toInt "0")
      (lib.toIntBase10 "0012")
    ];
    expected = [
      (-12)
      7
      0
      12
    ];
  };
  testToIntRefusesLeadingZeros = {
    expr = lib.toInt "012";
    expectedError = true;
  };
  testFixedWidth = {
    expr = [
      (lib.fixedWidthNumber 4 7)
      (lib.fixedWidthString 5 "ab" "x")
    ];
    expected = [
      "0007"
      "ababx"
    ];
  };
  testNames = {
    expr = [
      (lib.getName "hello-2.10")
      (lib.getVersion { name = "hello-2.10"; })
      (lib.getName {
        pname = "a-b";
        name = "c-1";
      })
      (lib.nameFromURL "https://x.org/hello-1.0.tar.gz" "-")
    ];
    expected = [
      "hello"
      "2.10"
      "a-b"
      "hello"
    ];
  };
  testVersions = {
    expr = [
      (lib.versionOlder "1.2" "1.10")
      (lib.versionAtLeast "1.10" "1.10")
      (lib.versions.majorMinor "3.46.1")
      (lib.versions.pad 3 "1.2")
      (lib.versions.pad 2 "1.2.3-rc1")
    ];
    expected = [
      true
      true
      "3.46"
      "1.2.0"
      "1.2-rc1"
    ];
  };
  testSanitizeDerivationName = {
    expr = map lib.sanitizeDerivationName [
      "..a b"
      "x"
      ""
      "a/b:c"
    ];
    expected = [
      "a-b"
      "x"
      "unknown"
      "a-b-c"
    ];
  };
  testSearchPaths = {
    expr = [
      (lib.makeBinPath [ "/a" "/b" ])
      (lib.makeLibraryPath [ ])
    ];
    expected = [
      "/a/bin:/b/bin"
      ""
    ];
  };
  testLevenshtein = {
    expr = lib.strings.levenshtein "kitten" "sitting";
    expected = 3;
  };
  testFlags = {
    expr = [
      (lib.enableFeature true "x")
      (lib.withFeatureAs false "x" "y")
      (lib.withFeatureAs true "x" "y")
      (lib.cmakeBool "X" false)
      (lib.mesonEnable "x" true)
    ];
    expected = [
      "--enable-x"
      "--without-x"
      "--with-x=y"
      "-DX:BOOL=FALSE"
      "-Dx=enabled"
    ];
  };
  testHexadecimal = {
    expr = [
      (lib.toHexString 255)
      (lib.fromHexString "0xFF")
    ];
    expected = [
      "FF"
      255
    ];
  };
  testCommandLine = {
    expr = lib.toGNUCommandLine { } {
      a = true;
      b = false;
      c = null;
      name = "x";
      many = [ 1 2 ];
    };
    expected = [
      "-a"
      "--many"
      "1"
      "--many"
      "2"
      "--name"
      "x"
    ];
  };
}
