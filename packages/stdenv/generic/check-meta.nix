# Refuses packages that `meta` says should not be built here, with the reason and the way round it.
{
  lib,
  config,
  stdenv,
}:
let
  inherit (stdenv) hostPlatform;
  allows = name: config.${name} or false || builtins.getEnv "NIXPKGS_ALLOW_${environmentNames.${name}}" == "1";
  environmentNames = {
    allowUnfree = "UNFREE";
    allowBroken = "BROKEN";
    allowUnsupportedSystem = "UNSUPPORTED_SYSTEM";
    allowInsecure = "INSECURE";
  };

  licences = meta: lib.toList (meta.license or [ ]);
  isUnfree = meta: lib.any (license: !(license.free or true)) (licences meta);
  nameOf = meta: attributes: attributes.pname or (lib.getName (meta.name or "?"));

  # Null, or what is wrong and the setting that lets it pass.
  problem =
    meta: attributes:
    if meta.broken or false && !allows "allowBroken" then
      {
        kind = "broken";
        sentence = "is marked as broken";
        setting = "allowBroken";
      }
    else if
      isUnfree meta
      && !allows "allowUnfree"
      && !(config.allowUnfreePredicate or (_: false)) { inherit meta; pname = nameOf meta attributes; }
    then
      {
        kind = "unfree";
        sentence = "has an unfree licence (${
          lib.concatMapStringsSep ", " (
            license: license.fullName or license.shortName or (toString license)
          ) (licences meta)
        })";
        setting = "allowUnfree";
      }
    else if !lib.meta.availableOn hostPlatform { inherit meta; } && !allows "allowUnsupportedSystem" then
      {
        kind = "unsupported";
        sentence = "is not available on the platform ${hostPlatform.config}";
        setting = "allowUnsupportedSystem";
      }
    else if
      meta.knownVulnerabilities or [ ] != [ ]
      && !allows "allowInsecure"
      && !builtins.elem (meta.name or "") (config.permittedInsecurePackages or [ ])
    then
      {
        kind = "insecure";
        sentence = "is marked as insecure: ${lib.concatStringsSep "; " meta.knownVulnerabilities}";
        setting = "allowInsecure";
      }
    else
      null;
in
{ meta, attributes }:
let
  found = problem meta attributes;
  refuse =
    {
      sentence,
      setting,
      ...
    }:
    let
      place = lib.optionalString (meta ? position) " in ${meta.position}";
      variable = "NIXPKGS_ALLOW_${environmentNames.${setting}}";
    in
    throw (
      "package '${meta.name}'${place} ${sentence}, so it is not evaluated; "
      + "to do it all the same, set `config.${setting} = true` or ${variable}=1 (with --impure)"
    );
in
{
  ok = found == null || refuse found;
  meta = {
    available = found == null;
    broken = meta.broken or false;
    insecure = meta.knownVulnerabilities or [ ] != [ ];
    unfree = isUnfree meta;
    unsupported = !lib.meta.availableOn hostPlatform { inherit meta; };
  };
}
