# Micro-architectures of x86: which features a value of `gcc.arch` promises and which others it can run.
{ lib }:
let
  features = lib.importJSON ./architectures.json;
  named = [
    "sse3"
    "ssse3"
    "sse4_1"
    "sse4_2"
    "sse4_a"
    "avx"
    "avx2"
    "avx512"
    "aes"
    "fma"
  ];
  of = arch: features.${toString arch} or [ ];
in
{
  features =
    arch:
    lib.listToAttrs (map (name: lib.nameValuePair "${name}Support" (builtins.elem name (of arch))) named);

  # A machine that states no micro-architecture runs only programs that ask for none.
  canExecute =
    here: there:
    there == null
    || here == there
    || (
      here != null
      && features ? ${here}
      && features ? ${there}
      && lib.all (name: builtins.elem name (of here)) (of there)
    );
}
