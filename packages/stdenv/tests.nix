# Derivations that build when stdenv works; they run their results, so the host must be the build platform.
{
  stdenv,
  runCommand,
  runCommandCC,
  makeSetupHook,
  writeText,
  zlib,
}:
let
  shellFile =
    name: path:
    builtins.path { inherit name path; };

  library = stdenv.mkDerivation {
    name = "test-library";
    outputs = [
      "out"
      "dev"
    ];
    buildCommand = ''
      mkdir -p $out/lib $dev/include
      echo 'int answer(void) { return 42; }' >answer.c
      $CC -shared -o $out/lib/libanswer.so answer.c
      echo 'int answer(void);' >$dev/include/answer.h
      fixupPhase
    '';
    propagatedBuildInputs = [ zlib ];
  };
in
{
  functions = runCommand "test-setup-functions" { } "source ${shellFile "setup-tests.sh" ./setup-tests.sh}";

  # Headers and libraries of a dependency are found, at run time too, and what it propagates comes along.
  linking = runCommandCC "test-linking" { buildInputs = [ library ]; } ''
    cat >main.c <<'END'
    #include <answer.h>
    #include <zlib.h>
    int main(void) { return answer() == 42 && zlibVersion()[0] == '1' ? 0 : 1; }
    END
    $CC -o main main.c -lanswer -lz
    ./main
    $READELF -d main | grep -F '${library}/lib'
    touch $out
  '';

  cxx = runCommandCC "test-cxx" { } ''
    cat >main.cc <<'END'
    #include <cmath>
    #include <iostream>
    #include <stdexcept>
    #include <vector>
    int main() {
      std::vector<double> numbers{1, 4, 9};
      try { numbers.at(3); } catch (std::out_of_range const &) { std::cout << std::sqrt(numbers[2]) << std::endl; }
    }
    END
    $CXX -o main main.cc
    [[ $(./main) == 3 ]]
    $CXX -static -o static main.cc
    [[ $(./static) == 3 ]]
    touch $out
  '';

  # Run paths that nothing needs are gone after fixup; C programs do not keep GCC's libraries alive.
  runPaths = runCommandCC "test-run-paths" { buildInputs = [ zlib ]; } ''
    mkdir -p $out/bin
    echo 'int main(void) { return 0; }' >main.c
    $CC -o $out/bin/main main.c -Wl,--as-needed -lz
    $READELF -d $out/bin/main | grep -F '${zlib}/lib'
    fixupPhase
    if $READELF -d $out/bin/main | grep -e '${zlib}' -e gcc-runtime; then exit 1; fi
    $out/bin/main
  '';

  # Fixup copes with what is no program: a script, a text that is executable, a broken link, an empty file.
  oddFiles = runCommandCC "test-odd-files" { } ''
    mkdir -p $out/bin $out/lib $out/share/man/man1
    printf '#!/bin/sh\n' >$out/bin/script
    echo text >$out/lib/library.la
    : >$out/lib/empty.so
    ln -s nowhere $out/bin/dangling
    echo page >$out/share/man/man1/page.1
    ln -s page.1 $out/share/man/man1/alias.1
    chmod +x $out/bin/script $out/lib/library.la $out/lib/empty.so
    fixupPhase
    [[ $(head -n1 $out/bin/script) == "#!$(type -P sh)" && -e $out/share/man/man1/alias.1.gz ]]
  '';

  phases = stdenv.mkDerivation (finalAttrs: {
    pname = "test-phases";
    version = "1";
    src = writeText "main.c" ''
      #include <stdio.h>
      int main(void) { puts(GREETING); return 0; }
    '';
    unpackPhase = ''
      runHook preUnpack
      mkdir source && cp $src source/main.c && sourceRoot=source
      runHook postUnpack
    '';
    preUnpack = "order=preUnpack";
    postPatch = ''
      printf 'all: main\ncheck: main\n\t./main\ninstall:\n\tinstall -D main $(out)/bin/main\n' >Makefile
    '';
    makeFlags = [ "CFLAGS=-DGREETING='\"hi\"'" ];
    doCheck = true;
    doInstallCheck = true;
    installCheckPhase = ''
      [[ $($out/bin/main) == hi && $order == preUnpack ]]
    '';
    passthru.greeting = "hi from ${finalAttrs.version}";
  });

  # Arrays instead of words.
  structured = stdenv.mkDerivation {
    name = "test-structured";
    __structuredAttrs = true;
    dontUnpack = true;
    words = [
      "a b"
      "c"
    ];
    env.EXPORTED = "yes";
    buildPhase = ''
      [[ ''${#words[@]} == 2 && ''${words[0]} == "a b" ]]
      [[ $(bash -c 'echo $EXPORTED') == yes ]]
    '';
    installPhase = "echo done >$out";
  };

  # A setup hook of a dependency runs, and its environment hook sees the other dependencies.
  setupHooks =
    runCommand "test-setup-hooks"
      {
        nativeBuildInputs = [
          (makeSetupHook { name = "test-hook"; } (
            writeText "hook.sh" ''
              hookRan=1
              sawLibrary() { if [[ -e $1/include/answer.h ]]; then seen=1; fi; }
              addEnvHooks "$targetOffset" sawLibrary
            ''
          ))
        ];
        buildInputs = [ library ];
      }
      ''
        [[ $hookRan == 1 && $seen == 1 ]]
        touch $out
      '';
}
