# `meta`: what is said about a package, and what follows from it.
{ lib }:
rec {
  addMetaAttrs =
    attributes: drv:
    if drv ? overrideAttrs then
      drv.overrideAttrs (previous: {
        meta = (previous.meta or { }) // attributes;
      })
    else
      drv // { meta = (drv.meta or { }) // attributes; };
  dontDistribute = addMetaAttrs { hydraPlatforms = [ ]; };
  setName = name: drv: drv // { inherit name; };
  updateName = update: drv: drv // { name = update drv.name; };
  appendToName =
    suffix:
    updateName (
      name:
      let
        parts = builtins.parseDrvName name;
      in
      "${parts.name}-${suffix}${lib.optionalString (parts.version != "") "-${parts.version}"}"
    );
  setPrio = priority: addMetaAttrs { inherit priority; };
  lowPrio = setPrio 10;
  hiPrio = setPrio (-10);
  lowPrioSet = lib.mapAttrs (_: drv: if lib.isDerivation drv then lowPrio drv else drv);
  hiPrioSet = lib.mapAttrs (_: drv: if lib.isDerivation drv then hiPrio drv else drv);

  # A pattern is a system name ("riscv64-linux") or a set that must be part of the elaborated platform.
  platformMatch =
    platform: pattern:
    if builtins.isString pattern then
      platform ? system && pattern == platform.system
    else
      lib.matchAttrs (
        if pattern ? parsed || !(pattern ? cpu || pattern ? kernel || pattern ? vendor || pattern ? abi) then
          pattern
        else
          { parsed = pattern; }
      ) platform;

  availableOn =
    platform: package:
    (!(package ? meta.platforms) || lib.any (platformMatch platform) package.meta.platforms)
    && lib.all (pattern: !platformMatch platform pattern) (package.meta.badPlatforms or [ ]);

  licensesSpdx = lib.mapAttrs' (_: license: lib.nameValuePair license.spdxId license) (
    lib.filterAttrs (_: license: license ? spdxId) lib.licenses
  );
  getLicenseFromSpdxId =
    id:
    getLicenseFromSpdxIdOr id (
      lib.warn "getLicenseFromSpdxId: no license matches the given SPDX ID: ${id}" { shortName = id; }
    );
  getLicenseFromSpdxIdOr =
    id: default:
    lib.findFirst (license: lib.toLower (license.spdxId or "") == lib.toLower id) default (
      lib.attrValues lib.licenses
    );
}
