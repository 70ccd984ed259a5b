{
  lib,
  stdenv,
  fetchDebianSource,
  perl,
}:
let
  source = fetchDebianSource (lib.importJSON ./source.json);
  inherit (stdenv.hostPlatform) parsed;
  # OpenSSL's own names of platforms.
  targets = {
    x86_64-linux = "linux-x86_64";
    aarch64-linux = "linux-aarch64";
    riscv64-linux = "linux64-riscv64";
    loongarch64-linux = "linux64-loongarch64";
    powerpc64le-linux = "linux-ppc64le";
    s390x-linux = "linux64-s390x";
    i686-linux = "linux-elf";
    armv7l-linux = "linux-armv4";
    armv6l-linux = "linux-armv4";
  };
  target =
    targets.${stdenv.hostPlatform.system}
      or (if parsed.cpu.bits == 64 then "linux-generic64" else "linux-generic32");
in
stdenv.mkDerivation {
  pname = "openssl";
  version = source.upstreamVersion;

  src = source;

  outputs = [
    "bin"
    "dev"
    "out"
  ];
  setOutputFlags = false;

  nativeBuildInputs = [ perl ];
  strictDeps = true;

  postPatch = ''
    patchShebangs --build Configure util
  '';

  # Its Configure takes no --build and --host, and the tools come by a prefix.
  configureScript = "./Configure ${target}";
  configurePlatforms = [ ];
  dontDisableStatic = true;
  dontAddDisableDepTrack = true;
  # It would name the perl behind the wrapper, which does not find its own modules.
  preConfigure = ''
    export PERL=$(type -P perl)
  '';
  configureFlags = [
    "shared"
    "--libdir=lib"
    # Certificates and configuration belong to the machine.
    "--openssldir=/etc/ssl"
    "no-docs"
    "no-tests"
  ];

  # Programs, libraries and headers, but nothing under /etc.
  installTargets = [ "install_sw" ];

  # Static libraries are big and seldom wanted, and their objects are half of the build.
  postConfigure = ''
    sed -i -E '/^(INSTALL_)?LIBS=/,/[^\\]$/ s,lib(crypto|ssl)\.a,,g' Makefile
  '';

  postInstall = ''
    moveToOutput bin "$bin"
    # A script in perl, which would keep perl of the build platform alive.
    rm -f "$bin/bin/c_rehash"
  '';

  enableParallelBuilding = true;

  meta = {
    description = "Cryptographic library that implements the SSL and TLS protocols";
    homepage = "https://www.openssl.org/";
    license = lib.licenses.asl20;
    mainProgram = "openssl";
    platforms = lib.platforms.all;
  };
}
