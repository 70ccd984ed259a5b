# Flags that build systems understand, from truth values and strings.
{ lib }:
let
  cmakeOption =
    type: feature: value:
    "-D${feature}:${lib.toUpper type}=${value}";
in
rec {
  enableFeature = flag: feature: "--${if flag then "enable" else "disable"}-${feature}";
  enableFeatureAs =
    flag: feature: value:
    enableFeature flag feature + lib.optionalString flag "=${value}";
  withFeature = flag: feature: "--${if flag then "with" else "without"}-${feature}";
  withFeatureAs =
    flag: feature: value:
    withFeature flag feature + lib.optionalString flag "=${value}";

  cmakeOptionType = cmakeOption;
  cmakeBool = feature: value: cmakeOption "bool" feature (if value then "TRUE" else "FALSE");
  cmakeFeature = cmakeOption "string";

  mesonOption = feature: value: "-D${feature}=${value}";
  mesonBool = feature: value: mesonOption feature (lib.boolToString value);
  mesonEnable = feature: value: mesonOption feature (if value then "enabled" else "disabled");
}
