# Reading directories.
{ lib }:
rec {
  pathType =
    path:
    if !builtins.pathExists path then
      throw "lib.filesystem.pathType: path ${toString path} does not exist"
    else
      builtins.readFileType path;
  pathIsDirectory = path: builtins.pathExists path && pathType path == "directory";
  pathIsRegularFile = path: builtins.pathExists path && pathType path == "regular";

  listFilesRecursive =
    directory:
    lib.concatLists (
      lib.mapAttrsToList (
        name: type:
        if type == "directory" then listFilesRecursive (directory + "/${name}") else [ (directory + "/${name}") ]
      ) (builtins.readDir directory)
    );

  # Calls every NAME/package.nix under a directory, and NAME.nix files, giving { NAME = package; }.
  packagesFromDirectoryRecursive =
    {
      callPackage,
      directory,
      ...
    }@arguments:
    let
      entry =
        name: type:
        let
          path = directory + "/${name}";
        in
        if type == "directory" then
          {
            ${name} = packagesFromDirectoryRecursive (arguments // { directory = path; });
          }
        else if lib.hasSuffix ".nix" name then
          { ${lib.removeSuffix ".nix" name} = callPackage path { }; }
        else
          { };
    in
    if builtins.pathExists (directory + "/package.nix") then
      callPackage (directory + "/package.nix") { }
    else
      lib.concatMapAttrs entry (builtins.readDir directory);
}
