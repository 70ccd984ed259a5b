# Licences by the names that `meta.license` uses; the data is in licenses.json.
{ lib }:
let
  complete =
    shortName: data:
    {
      inherit shortName;
      free = true;
      deprecated = false;
      redistributable = data.free or true;
    }
    // lib.optionalAttrs (data ? spdxId) { url = "https://spdx.org/licenses/${data.spdxId}.html"; }
    // data;
in
lib.mapAttrs complete (lib.importJSON ./licenses.json)
