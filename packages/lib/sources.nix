# Sources from the file system, filtered.
{ lib }:
let
  versionControl = [
    ".git"
    ".hg"
    ".svn"
    ".bzr"
    ".jj"
    "CVS"
  ];
in
rec {
  # Leaves out version control, editors' backups, object files and links to results.
  cleanSourceFilter =
    path: type:
    let
      name = baseNameOf (toString path);
    in
    !(
      (type == "directory" && builtins.elem name versionControl)
      || lib.hasSuffix "~" name
      || builtins.match "\\.sw[a-z]|\\..*\\.sw[a-z]" name != null
      || lib.hasSuffix ".o" name
      || lib.hasSuffix ".so" name
      || (type == "symlink" && lib.hasPrefix "result" name)
      || type == "unknown"
    );

  cleanSource =
    src:
    cleanSourceWith {
      filter = cleanSourceFilter;
      inherit src;
    };

  # Filters of filters add up: a source that was cleaned may be cleaned further.
  cleanSourceWith =
    {
      filter ? (_path: _type: true),
      src,
      name ? null,
    }:
    let
      isCleaned = src ? _isLibCleanSourceWith;
      origin = if isCleaned then src.origSrc else src;
      combined = path: type: (if isCleaned then src.filter path type else true) && filter path type;
      finalName =
        if name != null then
          name
        else if isCleaned then
          src.name
        else
          "source";
    in
    {
      _isLibCleanSourceWith = true;
      origSrc = origin;
      filter = combined;
      name = finalName;
      outPath = builtins.path {
        filter = combined;
        path = origin;
        name = finalName;
      };
    };

  sourceFilesBySuffices =
    src: suffixes:
    cleanSourceWith {
      filter =
        path: type: type == "directory" || lib.any (suffix: lib.hasSuffix suffix (baseNameOf path)) suffixes;
      inherit src;
    };

  sourceByRegex =
    src: patterns:
    let
      root = toString (src.origSrc or src);
    in
    cleanSourceWith {
      filter =
        path: _type:
        let
          relative = lib.removePrefix (root + "/") (toString path);
        in
        lib.any (pattern: builtins.match pattern relative != null) patterns;
      inherit src;
    };
}
