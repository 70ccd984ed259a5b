# The library: functions that know nothing of packages. One family a file; every name is also reachable at the top,
# as `lib.NAME`, because that is how expressions written for other sets call it.
let
  fixedPoints = import ./fixed-points.nix { };

  library =
    self:
    let
      callFamily = file: import file { lib = self; };

      families = {
        inherit fixedPoints;
        trivial = callFamily ./trivial.nix;
        fakeHashes = callFamily ./fake-hashes.nix;
        attrsets = callFamily ./attrsets.nix;
        lists = callFamily ./lists.nix;
        strings =
          callFamily ./strings.nix // callFamily ./strings-shell.nix // callFamily ./strings-flags.nix;
        versions = callFamily ./versions.nix;
        customisation = callFamily ./customisation.nix // callFamily ./scopes.nix;
        derivations = callFamily ./derivations.nix;
        meta = callFamily ./meta.nix;
        licenses = callFamily ./licenses.nix;
        maintainers = { };
        teams = { };
        platforms = self.systems.groups;
        sourceTypes = callFamily ./source-types.nix;
        sources = callFamily ./sources.nix;
        filesystem = callFamily ./filesystem.nix;
        debug = callFamily ./debug.nix;
        asserts = callFamily ./asserts.nix;
        generators = callFamily ./generators.nix;
        systems = import ../systems { lib = self; };
      };
    in
    families
    // {
      version = self.trivial.release;

      # Names at the top. Where lists and strings share one, the removeAttrs below say which is meant.
      inherit (builtins)
        add
        addErrorContext
        attrNames
        attrValues
        bitAnd
        bitOr
        bitXor
        catAttrs
        ceil
        compareVersions
        concatLists
        concatMap
        concatStringsSep
        deepSeq
        div
        elem
        elemAt
        filter
        floor
        foldl'
        fromJSON
        functionArgs
        genericClosure
        genList
        getAttr
        hasAttr
        head
        intersectAttrs
        isAttrs
        isBool
        isFloat
        isFunction
        isInt
        isList
        isPath
        isString
        langVersion
        length
        lessThan
        listToAttrs
        match
        mul
        parseDrvName
        partition
        pathExists
        readDir
        readFile
        removeAttrs
        replaceStrings
        seq
        sort
        split
        splitVersion
        storeDir
        stringLength
        sub
        substring
        tail
        trace
        tryEval
        typeOf
        unsafeGetAttrPos
        ;
    }
    // fixedPoints
    // families.trivial
    // families.attrsets
    // removeAttrs families.lists [
      "commonPrefixLength"
      "hasPrefix"
      "removePrefix"
    ]
    // removeAttrs families.strings [ "replicate" ]
    // { inherit (families.versions) splitVersion; }
    // families.customisation
    // families.derivations
    // families.meta
    // families.sources
    // families.filesystem
    // families.debug
    // families.asserts
    // families.fakeHashes;
in
fixedPoints.makeExtensible library
