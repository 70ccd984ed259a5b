# Sources from outside. Each is a fixed-output derivation that a builtin builder makes, so it is the same on every
# platform and needs no program.
{ lib, ... }:
let
  mirrors = lib.importJSON ./mirrors.json;

  # "mirror://gnu/hello/…" -> the same place on each mirror.
  expand =
    url:
    let
      parts = builtins.match "mirror://([a-z]+)/(.*)" url;
      site = builtins.head parts;
    in
    if parts == null then
      [ url ]
    else if mirrors ? ${site} then
      map (root: root + builtins.elemAt parts 1) mirrors.${site}
    else
      throw "fetchurl: there are no mirrors called '${site}'; known are ${
        lib.concatStringsSep ", " (lib.attrNames mirrors)
      }";

  # Upstream's version in one of Debian's, which has an epoch, a revision, and what became of the archive around it:
  # "1:1.3.dfsg+really1.3.1-1" is 1.3.1, "8.6.16+dfsg-1" is 8.6.16.
  upstreamVersion =
    version:
    let
      part =
        expression: text:
        let
          found = builtins.match expression text;
        in
        if found == null then text else builtins.head found;
    in
    part "(.*[0-9a-z])[.+~](dfsg|ds|repack).*" (
      part ".*[+]really(.*)" (part "(.*)-[^-]*" (part "[0-9]+:(.*)" version))
    );

  # The one hash that was given, as attributes of a derivation.
  hashOf =
    {
      hash ? "",
      outputHash ? "",
      outputHashAlgo ? null,
      sha1 ? "",
      sha256 ? "",
      sha512 ? "",
      ...
    }@arguments:
    let
      kinds = lib.filter (kind: arguments.${kind} or "" != "") [
        "sha512"
        "sha256"
        "sha1"
      ];
      given = kinds ++ lib.optional (hash != "") "hash" ++ lib.optional (outputHash != "") "outputHash";
    in
    if builtins.length given > 1 then
      throw "fetchurl: more than one hash is given: ${lib.concatStringsSep ", " given}"
    else if kinds != [ ] then
      {
        outputHashAlgo = builtins.head kinds;
        outputHash = arguments.${builtins.head kinds};
      }
    else if outputHash != "" then
      { inherit outputHash outputHashAlgo; }
    else if hash != "" then
      {
        outputHashAlgo = null;
        outputHash = hash;
      }
    else if arguments ? hash || arguments ? sha256 then
      # An empty hash asks to be told the right one.
      {
        outputHashAlgo = "sha256";
        outputHash = lib.fakeSha256;
      }
    else
      throw "fetchurl: no hash is given; say `hash = \"\"` to be told the right one";
in
{
  # { url or urls, and one of hash, sha256, sha512, sha1; name, executable }
  fetchurl = lib.makeOverridable (
    {
      url ? "",
      urls ? [ ],
      name ? "",
      pname ? "",
      version ? "",
      executable ? false,
      hash ? "",
      outputHash ? "",
      outputHashAlgo ? null,
      sha1 ? "",
      sha256 ? "",
      sha512 ? "",
      meta ? { },
      passthru ? { },
      ...
    }@arguments:
    let
      places = lib.concatMap expand (if urls != [ ] then urls else [ url ]);
      finalName =
        if name != "" then
          name
        else if pname != "" && version != "" then
          "${pname}-${version}"
        else
          lib.strings.sanitizeDerivationName (baseNameOf (toString (builtins.head places)));
    in
    assert lib.assertMsg (url != "" || urls != [ ]) "fetchurl: no `url` and no `urls` are given";
    lib.extendDerivation true
      (
        {
          inherit meta;
          url = builtins.head places;
        }
        // passthru
      )
      (
        builtins.derivation (
          hashOf arguments
          // {
            name = finalName;
            system = "builtin";
            builder = "builtin:fetchurl";
            url = builtins.head places;
            urls = places;
            outputHashMode = if executable then "recursive" else "flat";
            inherit executable;
            unpack = false;
            preferLocalBuild = true;
            # A proxy is the machine's business and no part of the result.
            impureEnvVars = [
              "http_proxy"
              "https_proxy"
              "ftp_proxy"
              "all_proxy"
              "no_proxy"
            ];
          }
        )
      )
  );

  # An upstream source archive as Debian's archive has it: { package, version, filename, size, sha256 }, usually a JSON
  # file beside the package. The same builder fetches binary packages, and knows mirrors and stale pins.
  fetchDebianSource =
    {
      package,
      version,
      filename,
      size,
      sha256,
      suite ? "trixie",
      component ? "main",
    }:
    builtins.derivation {
      name = lib.strings.sanitizeDerivationName (
        lib.replaceStrings [ "~" "%" ":" ] [ "-" "-" "-" ] (baseNameOf filename)
      );
      system = "builtin";
      builder = "builtin:debian-fetch";
      outputHashMode = "flat";
      outputHashAlgo = "sha256";
      outputHash = sha256;
      inherit
        package
        version
        filename
        suite
        component
        ;
      size = toString size;
      architecture = "source";
      preferLocalBuild = true;
    }
    // {
      # Packages take theirs from here, so that it follows a renewed pin.
      upstreamVersion = upstreamVersion version;
    };
}
