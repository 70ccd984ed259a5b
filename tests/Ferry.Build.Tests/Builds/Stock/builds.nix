# Builds of many shapes, to be done by stock Nix and by Ferry. The shell is a static busybox, whose programs need no path.
let
  build =
    attributes:
    derivation (
      {
        system = "x86_64-linux";
        builder = "/bin/sh";
      }
      // attributes
      // {
        args = [
          "-c"
          attributes.script
        ];
      }
    );
  source = builtins.toFile "source" "a text\n";
in
rec {
  file = build {
    name = "file";
    script = "echo $text > $out";
    text = "hello";
  };
  environment = build {
    name = "environment";
    script = "env | sort > $out";
    quoted = "a'b\"c\\d\n\te";
    list = [
      1
      "two"
      true
      null
    ];
  };
  tree = build {
    name = "tree";
    script = ''
      mkdir -p $out/bin $out/deep/er; echo '#!/bin/sh' > $out/bin/run; chmod 755 $out/bin/run
      ln -s bin/run $out/link; ln -s $file $out/file; touch -d @12345 $out/deep/er/old; chmod 700 $out/deep; ln $out/bin/run $out/hard
      echo $out > $out/self
    '';
    inherit file;
  };
  outputs = build {
    name = "outputs";
    outputs = [
      "out"
      "lib"
      "man"
    ];
    script = "mkdir $out $lib; echo $lib $tree > $out/a; echo $man > $lib/b; echo none > $man";
    inherit tree;
  };
  link = build {
    name = "link";
    script = "ln -s ${file} $out";
  };
  sources = build {
    name = "sources";
    script = "cat ${source} > $out; echo $placeholder ${placeholder "out"} >> $out";
    placeholder = placeholder "out";
  };
  files = build {
    name = "files";
    passAsFile = [
      "large"
      "other"
    ];
    large = "large text";
    other = "other ${placeholder "out"}";
    exportReferencesGraph = [
      "graph"
      outputs
      "derivations"
      tree.drvPath
    ];
    script = "mkdir $out; cp $largePath $out/large; cp $otherPath $out/other; cp graph derivations $out; ls -A > $out/list";
  };
  structured = build {
    name = "structured";
    __structuredAttrs = true;
    outputs = [
      "out"
      "dev"
    ];
    set = {
      a = 1;
      "b c" = [ "d" ];
    };
    numbers = [
      1
      2.5
      (-3)
    ];
    text = "line\nline '\"\\ \t é";
    exportReferencesGraph.graph = [ outputs ];
    script = ''
      out=$(sed -n 's/.*"out":"\(\/nix\/store\/[^"]*\)".*/\1/p' $NIX_ATTRS_JSON_FILE); dev=$(sed -n 's/.*"dev":"\(\/nix\/store\/[^"]*\)".*/\1/p' $NIX_ATTRS_JSON_FILE)
      mkdir $out; cp $NIX_ATTRS_JSON_FILE $out/json; cp $NIX_ATTRS_SH_FILE $out/sh; env | sort > $out/env; echo dev > $dev
    '';
  };
  discarded = build {
    name = "discarded";
    __structuredAttrs = true;
    unsafeDiscardReferences.out = true;
    inherit file;
    script = ''out=$(sed -n 's/.*"out":"\(\/nix\/store\/[^"]*\)".*/\1/p' $NIX_ATTRS_JSON_FILE); echo ${file} > $out'';
  };
  fixed = build {
    name = "fixed";
    script = "echo hi > $out";
    outputHash = "sha256-mOpuTyFvL7S2n/+bOkSELDhobKaF8/VdxIxdP7EQe+Q=";
    outputHashMode = "flat";
  };
  checked = build {
    name = "checked";
    script = "echo $file > $out";
    inherit file;
    allowedReferences = [ file ];
    allowedRequisites = [ file ];
    disallowedReferences = [ tree ];
  };
  sandbox = build {
    name = "sandbox";
    script = ''
      exec > $out; ls / /dev /etc /bin; cat /etc/passwd /etc/group /etc/hosts; id; hostname; umask; cat /proc/self/personality
      stat -c '%a %n' /nix/store /build /tmp /etc /dev/shm; ulimit -c; ls -a /build; cat /proc/net/dev | cut -d: -f1; echo $0
    '';
  };
}
