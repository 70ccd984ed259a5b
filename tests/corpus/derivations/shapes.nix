# Derivations of many shapes. What stock Nix 2.34.8 makes of each is in recorded.json, and a test compares.
# Nothing is built. Every attribute has the paths of one derivation and its outputs; families are generated, single
# oddities come last.
let
  inherit (builtins)
    concatMap
    genList
    head
    listToAttrs
    map
    toString
    ;

  base = {
    name = "plain";
    system = "x86_64-linux";
    builder = "/bin/sh";
  };

  make = attributes: derivation (base // attributes);

  # { PREFIX-0 = f 0; PREFIX-1 = f 1; … }
  family =
    prefix: count: f:
    listToAttrs (
      genList (index: {
        name = "${prefix}-${toString index}";
        value = f index;
      }) count
    );

  each =
    prefix: list: f:
    family prefix (builtins.length list) (index: f (builtins.elemAt list index));

  leaf = make { name = "leaf"; };

  multiple = make {
    name = "multiple";
    outputs = [
      "out"
      "dev"
      "man"
    ];
  };

  fixed = make {
    name = "fixed.tar.gz";
    outputHash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    outputHashAlgo = "sha256";
  };

  text = builtins.toFile "text" "some text";
  textWithReference = builtins.toFile "text-2" "see ${text}";

  chain = length: if length == 0 then leaf else make { name = "chain-${toString length}"; previous = chain (length - 1); };

  # Every node depends on two of the level below, by different outputs.
  lattice =
    depth:
    if depth == 0 then
      [
        multiple
        leaf
      ]
    else
      let
        below = lattice (depth - 1);
        first = head below;
        second = builtins.elemAt below 1;
      in
      [
        (make {
          name = "left-${toString depth}";
          outputs = [
            "out"
            "lib"
          ];
          inputs = [
            first
            second
          ];
        })
        (make {
          name = "right-${toString depth}";
          outputs = [ "bin" ];
          one = first.${head (first.outputs or [ "out" ])};
          two = second;
        })
      ];

  hashes = {
    md5 = "900150983cd24fb0d6963f7d28e17f72";
    sha1 = "a9993e364706816aba3e25717850c26c9cd0d89d";
    sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    sha512 = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
  };

  fixedOutputs = listToAttrs (
    concatMap (
      algorithm:
      concatMap (
        mode:
        map
          (format: {
            name = "fixed-${algorithm}-${mode}-${format}";
            value = make {
              name = "fixed-${algorithm}-${mode}";
              outputHashMode = mode;
              outputHashAlgo = if format == "sri" then "" else algorithm;
              outputHash = builtins.convertHash {
                hash = hashes.${algorithm};
                hashAlgo = algorithm;
                toHashFormat = format;
              };
            };
          })
          [
            "base16"
            "nix32"
            "base64"
            "sri"
          ]
      ) [
        "flat"
        "recursive"
        "nar"
      ]
    ) (builtins.attrNames hashes)
  );

  values = [
    ""
    "text"
    "with \"quotes\" and \\ and \n and \t and \r"
    "ünïcödé €"
    "\${literal}"
    0
    (-1)
    9223372036854775807
    1.5
    1.0e10
    true
    false
    null
    [ ]
    [
      "a"
      "b"
    ]
    [
      1
      [
        2
        [ ]
        3
      ]
      true
      null
    ]
    text
    textWithReference
    leaf
    multiple
    multiple.dev
    [
      multiple.man
      multiple
    ]
    fixed
    { outPath = "a set with outPath"; }
    { __toString = self: "a set with __toString ${self.x}"; x = "and x"; }
    leaf.drvPath
    (builtins.unsafeDiscardOutputDependency leaf.drvPath)
    (builtins.unsafeDiscardStringContext "${leaf}")
    "${leaf}/bin:${multiple.dev}/bin:${text}"
    (builtins.placeholder "out")
    (builtins.substring 0 0 "${leaf}")
  ];

  structuredValues = values ++ [
    { }
    { a.b.c = [ 1 2 ]; }
    { deep = { list = [ { inherit leaf; } ]; number = 1.0e-7; }; }
    [ 0.1 1.0e15 1.0e16 1.0e20 123456.789 ]
  ];

  # Attributes with a meaning for the builder or the builder's environment.
  special = {
    passAsFile = {
      passAsFile = [ "script" ];
      script = "echo hello";
    };
    preferLocalBuild = {
      preferLocalBuild = true;
      allowSubstitutes = false;
    };
    impureEnvVars = {
      impureEnvVars = [
        "HOME"
        "PATH"
      ];
    };
    exportReferencesGraph = {
      exportReferencesGraph = [
        "graph"
        leaf
      ];
    };
    exportReferencesGraphOfDerivation = {
      exportReferencesGraph = [
        "graph"
        (builtins.unsafeDiscardOutputDependency leaf.drvPath)
      ];
    };
    allowedReferences = { allowedReferences = [ ]; };
    allowedRequisites = {
      allowedRequisites = [
        leaf
        "out"
      ];
    };
    disallowedReferences = { disallowedReferences = [ leaf ]; };
    disallowedRequisites = { disallowedRequisites = [ leaf ]; };
    requiredSystemFeatures = {
      requiredSystemFeatures = [
        "kvm"
        "big-parallel"
      ];
    };
    maxSize = {
      maxSize = 1000;
      maxClosureSize = 2000;
    };
    noChroot = { __noChroot = true; };
    sandboxProfile = { __sandboxProfile = "profile"; };
    darwin = { __darwinAllowLocalNetworking = true; };
    notContentAddressed = { __contentAddressed = false; };
    notImpure = { __impure = false; };
    unsafeDiscardReferences = { unsafeDiscardReferences.out = true; __structuredAttrs = true; };
    outputChecks = {
      __structuredAttrs = true;
      outputChecks.out = {
        allowedReferences = [ leaf ];
        maxSize = 5;
      };
    };
    ignoreNulls = {
      __ignoreNulls = true;
      a = null;
      b = "b";
    };
    ignoreNullsFalse = {
      __ignoreNulls = false;
      a = null;
    };
    structuredFalse = {
      __structuredAttrs = false;
      a = [ "x" ];
    };
    structuredIgnoreNulls = {
      __structuredAttrs = true;
      __ignoreNulls = true;
      a = null;
      b.c = null;
    };
    structuredArgs = {
      __structuredAttrs = true;
      args = [
        "-c"
        "echo ${leaf}"
      ];
    };
    structuredOutputs = {
      __structuredAttrs = true;
      outputs = [
        "bin"
        "out"
      ];
    };
    structuredFixed = {
      __structuredAttrs = true;
      outputHash = hashes.sha256;
      outputHashAlgo = "sha256";
      outputHashMode = "recursive";
    };
    structuredExport = {
      __structuredAttrs = true;
      exportReferencesGraph.graph = [ leaf ];
    };
    structuredBuilderFromStore = {
      __structuredAttrs = true;
      builder = "${leaf}/bin/builder";
    };
    builderFromStore = { builder = "${leaf}/bin/builder"; };
    builderFromText = { builder = text; };
    systemBuiltin = {
      system = "builtin";
      builder = "builtin:fetchurl";
      url = "https://example.org/x";
    };
    otherSystem = { system = "riscv64-linux"; };
    emptyArgs = { args = [ ]; };
    manyArgs = {
      args = [
        "-e"
        ""
        "a b"
        "\"quoted\""
        "line\nbreak"
        text
        leaf
        (toString 1.5)
        3
        [
          "nested"
          "list"
        ]
      ];
    };
    attributeNamedLikeOutput = { out = "overwritten"; };
    attributeNamedEnv = { PATH = "/bin"; "with space" = "x"; "quote\"d" = "y"; "ünï" = "z"; };
    derivationAttributes = {
      type = "not a derivation";
      drvPath = "not a path";
      outPath = "not an out";
    };
  };

  names = [
    "a"
    "A-1.0"
    "hello_world+x.y=z?"
    ".hidden"
    "..."
    "x86_64-linux-gcc-13.2.0"
    "0"
    "-dash"
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
  ];

  outputSets = [
    [ "out" ]
    [ "dev" ]
    [
      "out"
      "dev"
    ]
    [
      "dev"
      "out"
    ]
    [
      "a"
      "b"
      "c"
      "d"
      "e"
    ]
    [
      "z"
      "out"
      "A"
      "_"
    ]
    [ "doc-1.0" ]
  ];

  # Bytes that are no UTF-8 cannot be written in this file and come through a store text or JSON neither; substrings make them.
  halfOfUmlaut = builtins.substring 0 1 "ä";

  paths = name: value: if value ? drvAttrs then derivationStrict value.drvAttrs else value;
in
builtins.mapAttrs paths (family "chain" 40 chain
// family "lattice-left" 15 (depth: head (lattice depth))
// family "lattice-right" 15 (depth: builtins.elemAt (lattice depth) 1)
// fixedOutputs
// each "value" values (value: make { attribute = value; })
// each "argument" values (value: make { args = [ value ]; })
// each "structured" structuredValues (
  value:
  make {
    __structuredAttrs = true;
    attribute = value;
  }
)
// each "name" names (name: make { inherit name; })
// each "name-multiple" names (
  name:
  make {
    inherit name;
    outputs = [
      "out"
      "lib"
    ];
  }
)
// each "outputs" outputSets (outputs: make { inherit outputs; })
// each "outputs-structured" outputSets (
  outputs:
  make {
    inherit outputs;
    __structuredAttrs = true;
  }
)
// each "outputs-used" outputSets (
  outputs:
  make {
    name = "user";
    inputs = map (
      output:
      (make {
        name = "used";
        inherit outputs;
      }).${output}
    ) outputs;
  }
)
// builtins.mapAttrs (
  name: attributes:
  make ({ inherit name; } // attributes)
) special
// family "wide" 10 (
  count:
  make {
    name = "wide";
    inputs = genList (index: make { name = "input-${toString index}"; }) (count * 3);
  }
)
// family "many-attributes" 5 (
  count:
  make (
    {
      name = "many";
    }
    // family "attribute" (count * 20) (index: index * index)
  )
)
// {
  inherit leaf multiple fixed;
  usesFixed = make {
    name = "uses-fixed";
    src = fixed;
  };
  usesUserOfFixed = make {
    name = "uses-user-of-fixed";
    src = make {
      name = "uses-fixed";
      src = fixed;
    };
  };
  sameFixedFetchedOtherwise = make {
    name = "uses-fixed";
    src = make {
      name = "fixed.tar.gz";
      outputHash = hashes.sha256;
      outputHashAlgo = "sha256";
      urls = [ "https://elsewhere.example.org" ];
    };
  };
  fetchurl = import <nix/fetchurl.nix> {
    url = "https://example.org/hello-1.0.tar.gz";
    sha256 = hashes.sha256;
  };
  fetchurlExecutable = import <nix/fetchurl.nix> {
    url = "https://example.org/busybox";
    executable = true;
    hash = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
  };
  fetchurlUnpack = import <nix/fetchurl.nix> {
    url = "https://example.org/bootstrap.nar.xz";
    unpack = true;
    sha512 = hashes.sha512;
    name = "bootstrap";
  };
  emptyHash = make {
    name = "empty-hash";
    outputHash = "";
    outputHashAlgo = "sha256";
  };
  notUtf8 = make { attribute = "before ${halfOfUmlaut} after"; };
  notUtf8Argument = make { args = [ halfOfUmlaut ]; };
  notUtf8Name = make { ${"n${halfOfUmlaut}"} = "x"; };
  notUtf8Text = make { file = builtins.toFile "bytes" halfOfUmlaut; };
  json = make { __json = "{ \"b\" : [1, 2.50, 1e3, null], \"a\":{\"z\":1,\"y\":\"\\u00e9\"}, \"b2\":1, \"a\":true }"; };
  appendedContext = make {
    attribute = builtins.appendContext "x" {
      ${builtins.unsafeDiscardStringContext leaf.drvPath} = {
        outputs = [ "out" ];
        path = true;
      };
    };
  };
  overridden = make { name = "overridden"; } // {
    name = "not seen";
  };
  functionArguments = make (
    let
      f =
        {
          a,
          b ? a + "b",
          ...
        }@all:
        { inherit a b; names = builtins.attrNames all; };
    in
    f {
      a = "a";
      c = "c";
    }
  );
  # 'derivation' itself wants a list.
  outputsAsText = derivationStrict (base // { outputs = "out dev\tman\nlib"; });
})
