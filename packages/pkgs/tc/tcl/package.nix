{
  lib,
  stdenv,
  fetchDebianSource,
}:
let
  source = fetchDebianSource (lib.importJSON ./source.json);
  isCross = stdenv.hostPlatform.config != stdenv.buildPlatform.config;
in
stdenv.mkDerivation (finalAttrs: {
  pname = "tcl";
  version = source.upstreamVersion;

  src = source;

  # The source has a directory for each kind of system.
  postUnpack = ''
    sourceRoot=$sourceRoot/unix
  '';

  configureFlags = [
    "--enable-threads"
    "--disable-dtrace"
    # Debian's archive lacks the bundled packages and zone files that upstream would install as well.
    "--with-tzdata=no"
  ]
  ++ lib.optionals isCross [
    "tcl_cv_strtod_buggy=ok"
    "tcl_cv_strtod_unbroken=ok"
    "tcl_cv_strstr_unbroken=ok"
    "tcl_cv_strtoul_unbroken=ok"
    "ac_cv_func_strtod=yes"
  ];

  installTargets = [
    "install-binaries"
    "install-libraries"
    "install-headers"
  ];

  postInstall = ''
    ln -s "tclsh${lib.versions.majorMinor finalAttrs.version}" "$out/bin/tclsh"
  '';

  enableParallelBuilding = true;
  enableParallelInstalling = false;

  meta = {
    description = "Tcl scripting language";
    homepage = "https://www.tcl.tk/";
    license = lib.licenses.tcltk;
    mainProgram = "tclsh";
    platforms = lib.platforms.unix;
  };
})
