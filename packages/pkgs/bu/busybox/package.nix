{
  lib,
  stdenv,
  buildPackages,
  fetchDebianSource,
  # Answers to its configuration: { CONFIG_STATIC = "y"; }
  extraConfig ? { },
  enableStatic ? false,
}:
let
  source = fetchDebianSource (lib.importJSON ./source.json);
  configuration = {
    CONFIG_PREFIX = ''"${placeholder "out"}"'';
    CONFIG_INSTALL_NO_USR = "y";
    # Its queueing disciplines were taken out of the kernel's headers in Linux 6.8.
    CONFIG_TC = "n";
    CONFIG_STATIC = if enableStatic then "y" else "n";
    CONFIG_LFS = "y";
    # Set-user-id programs do not exist in the store.
    CONFIG_FEATURE_SUID = "n";
    # Written for x86, and 1.37.0 forgets to ask whether it is one.
    CONFIG_SHA1_HWACCEL = if stdenv.hostPlatform.isx86 then "y" else "n";
    CONFIG_SHA256_HWACCEL = if stdenv.hostPlatform.isx86 then "y" else "n";
  }
  // extraConfig;
in
stdenv.mkDerivation {
  pname = "busybox";
  version = source.upstreamVersion;

  src = source;

  # The programs that read its configuration run while it is built.
  depsBuildBuild = [ buildPackages.stdenv.cc ];

  # Applets pass their messages on as formats.
  hardeningDisable = [ "format" ];

  configurePhase = ''
    runHook preConfigure

    make HOSTCC="''${CC_FOR_BUILD:-$CC}" defconfig
    # The last answer to a question counts, and oldconfig takes defaults for what an answer opens.
    ${lib.concatStrings (
      lib.mapAttrsToList (name: value: ''
        sed -i "/^# ${name} is not set$/d; /^${name}=/d" .config
        printf '%s\n' ${lib.escapeShellArg "${name}=${value}"} >>.config
      '') configuration
    )}
    yes "" | make HOSTCC="''${CC_FOR_BUILD:-$CC}" oldconfig >/dev/null || [[ ''${PIPESTATUS[1]} == 0 ]]

    makeFlagsArray+=("HOSTCC=''${CC_FOR_BUILD:-$CC}" "CC=$CC" "AR=$AR" "NM=$NM" "STRIP=$STRIP" "OBJCOPY=$OBJCOPY")
    runHook postConfigure
  '';

  makeFlags = [
    "SKIP_STRIP=y"
    "CROSS_COMPILE=${stdenv.cc.targetPrefix}"
    "ARCH=${stdenv.hostPlatform.linuxArch}"
  ];

  enableParallelBuilding = true;
  enableParallelInstalling = false;

  meta = {
    description = "Tiny versions of common UNIX utilities in a single small executable";
    homepage = "https://busybox.net/";
    license = lib.licenses.gpl2Only;
    mainProgram = "busybox";
    platforms = lib.platforms.linux;
  };
}
