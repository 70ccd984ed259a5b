let
  sh = name: script: extra: derivation ({
    inherit name;
    system = "x86_64-linux";
    builder = "/bin/sh";
    args = [ "-c" script ];
  } // extra);
  text = builtins.toFile "words.txt" "some words\n";
in
rec {
  leaf = sh "leaf-1.0" "echo leaf > $out" { };
  multi = sh "multi-2.0" "echo building multi; echo lib > $out; echo $out > $dev; echo doc > $doc" {
    outputs = [ "out" "dev" "doc" ];
  };
  self = sh "self-0.1" "echo $out > $out" { };
  middle = sh "middle" "echo $leaf $multi > $out" { inherit leaf; multi = multi.dev; };
  top = sh "top-3.1" "echo top-line; echo $middle $self $words > $out" {
    inherit middle self; words = text; spaced = "a 'b' \"c\" $d\nnew";
  };
  fixed = sh "fixed.txt" "echo -n hello > $out" {
    outputHashMode = "flat"; outputHashAlgo = "sha256";
    outputHash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
  };
  structured = sh "structured" ". ./.attrs.sh; echo hi > \${outputs[out]}" {
    __structuredAttrs = true; list = [ 1 "two" { three = 3; } ]; flag = true;
    builder = "/bin/sh";
  };
  bad = sh "bad-1" "echo before; echo after >&2; exit 3" { };
  worse = sh "worse" "true" { inherit bad; };
  wrongHash = sh "wrong.txt" "echo -n bye > $out" {
    outputHashMode = "flat"; outputHashAlgo = "sha256";
    outputHash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
  };
  noOutput = sh "no-output" "true" { };
}
