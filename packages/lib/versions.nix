# Version strings: "3.46.1" and its parts.
{ lib }:
rec {
  inherit (builtins) splitVersion;

  major = version: builtins.elemAt (splitVersion version) 0;
  minor = version: builtins.elemAt (splitVersion version) 1;
  patch = version: builtins.elemAt (splitVersion version) 2;
  majorMinor = version: lib.concatStringsSep "." (lib.take 2 (splitVersion version));

  # Exactly `count` components; missing ones are 0.
  pad =
    count: version:
    let
      parts = builtins.match "([0-9.]+)(-.*)?" version;
      number = if parts == null then version else builtins.head parts;
      suffix = if parts == null || builtins.elemAt parts 1 == null then "" else builtins.elemAt parts 1;
      components = lib.splitVersion number;
    in
    lib.concatStringsSep "." (lib.take count (components ++ lib.replicate count "0")) + suffix;
}
