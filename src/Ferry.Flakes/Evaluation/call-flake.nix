# Ties a lock file's nodes together: every flake is called with its inputs and with itself.
{
  # The lock file as a value.
  locks,
  # What is known without fetching: by name of the node, { sourceInfo, tree, dir }. The tree is a path: files are read
  # there without anybody looking at its text, on which the result would then depend.
  known,
  # From the attributes of a locked input to what is known of its source.
  fetch,
}:
let
  # An input is the name of a node, or the way to one from the root.
  nameOf = input: if builtins.isString input then input else builtins.foldl' follow locks.root input;
  follow = name: input: nameOf locks.nodes.${name}.inputs.${input};

  nodes = builtins.mapAttrs connect locks.nodes;

  connect =
    name: node:
    let
      isKnown = known ? ${name};
      # Relative to the flake that names it, and part of the same source.
      isPart = node.locked.type or null == "path" && builtins.substring 0 1 node.locked.path != "/";
      parent = nodes.${nameOf node.parent};

      sourceInfo =
        if isKnown then
          known.${name}.sourceInfo
        else if isPart then
          parent.sourceInfo
        else
          # Version 5 keeps some attributes apart.
          fetch (node.info or { } // builtins.removeAttrs node.locked [ "dir" ]);
      folder = known.${name}.dir or node.locked.dir or "";
      below =
        if !isPart || isKnown then
          folder
        else
          node.locked.path;
      suffix = if below == "" then "" else "/" + below;
      outPath = (if isPart && !isKnown then parent.outPath else sourceInfo.outPath) + suffix;
      place =
        if isPart && !isKnown then
          parent.place + suffix
        else
          (known.${name}.tree or sourceInfo.outPath) + suffix;

      inputs = builtins.mapAttrs (_: input: nodes.${nameOf input}.value) (node.inputs or { });
      flake = import (place + "/flake.nix");
      outputs = flake.outputs (inputs // { self = value; });
      value =
        if node.flake or true then
          assert builtins.isFunction flake.outputs;
          outputs
          // sourceInfo
          // {
            inherit
              outPath
              inputs
              outputs
              sourceInfo
              ;
            _type = "flake";
          }
        else
          sourceInfo // { inherit outPath sourceInfo; };
    in
    {
      inherit
        outPath
        place
        sourceInfo
        value
        ;
    };
in
nodes.${locks.root}.value
