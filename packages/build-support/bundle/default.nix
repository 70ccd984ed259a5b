# bundle PROGRAM: one file that runs PROGRAM on any Linux of its platform, without a store or Nix there.
# PROGRAM is a package or an app of a flake; the set is the one whose host platform PROGRAM runs on.
{
  lib,
  runCommandCC,
  runCommandLocal,
  stdenv,
  zlib,
}:
let
  stub =
    runCommandCC "bundle-stub"
      {
        buildInputs = [
          zlib
          zlib.static
        ];
        source = builtins.path {
          name = "stub.c";
          path = ./stub.c;
        };
        meta.platforms = lib.platforms.linux;
      }
      ''
        $CC -O2 -static -Wall -Wextra -o "$out" "$source" -lz
        $STRIP "$out"
      '';
in
value:
let
  isApp = value.type or null == "app";
  program = if isApp then value.program else lib.getExe value;
  name =
    if isApp then
      baseNameOf (builtins.unsafeDiscardStringContext program)
    else
      value.pname or value.name;
in
runCommandLocal "${name}-bundle"
  {
    inherit program stub;
    # What the program needs, with what that needs.
    exportReferencesGraph = [
      "closure"
      program
    ];
    storeDirectory = builtins.storeDir;
    passthru = { inherit stub; };
    meta = {
      description = "${name} in one file for ${stdenv.hostPlatform.config}";
      platforms = lib.platforms.linux;
    };
  }
  ''
    # Each path is followed by its deriver, the number of its references and these.
    paths=()
    while read -r path && read -r _deriver && read -r count; do
      paths+=("''${path##*/}")
      for ((; count > 0; count--)); do
        read -r _reference
      done
    done <closure

    tar --create --directory "$storeDirectory" --format=gnu --sort=name --hard-dereference \
      --owner=0 --group=0 --numeric-owner --mtime=@1 "''${paths[@]}" | gzip -9 --no-name >archive
    identity=$(sha256sum archive)
    {
      cat "$stub" archive
      printf '%-1024s' "ferry-bundle-1
    $(stat --format=%s "$stub")
    $(stat --format=%s archive)
    ''${identity%% *}
    $storeDirectory
    $program
    "
    } >"$out"
    chmod +x "$out"
  ''
