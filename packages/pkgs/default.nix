# Every pkgs/NA/NAME/package.nix is the package NAME; NA is the first two letters of it. There is no list to edit.
{ self, ... }:
let
  inherit (builtins) readDir attrNames;

  directories =
    place:
    let
      entries = readDir place;
    in
    builtins.filter (name: entries.${name} == "directory") (attrNames entries);

  ofShard =
    shard:
    map (name: {
      inherit name;
      value = self.callPackage (./. + "/${shard}/${name}/package.nix") { };
    }) (directories (./. + "/${shard}"));
in
builtins.listToAttrs (builtins.concatMap ofShard (directories ./.))
