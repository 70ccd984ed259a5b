# What a package was made from; `meta.sourceProvenance` lists these.
{ lib }:
lib.mapAttrs (shortName: isSource: { inherit shortName isSource; }) {
  fromSource = true;
  binaryNativeCode = false;
  binaryBytecode = false;
  binaryFirmware = false;
}
