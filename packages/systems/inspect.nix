# Predicates such as isLinux and isRiscV64: patterns over the parts of a parsed system. A pattern is a list of
# alternatives, each a set that must be part of the system.
{ lib, parse }:
let
  inherit (parse)
    abis
    cpuTypes
    execFormats
    significantBytes
    ;

  cpuFamily = family: { cpu = { inherit family; }; };
  cpuOf = name: { cpu = cpuTypes.${name}; };
  kernelOf = name: { kernel = { inherit name; }; };
  abiOf = names: map (name: { abi = abis.${name}; }) names;
  kernelFamily = family: { kernel = { families = { ${family} = { name = family; }; }; }; };
in
rec {
  patterns = lib.mapAttrs (_: lib.toList) {
    isi686 = cpuOf "i686";
    isx86_32 = {
      cpu = {
        family = "x86";
        bits = 32;
      };
    };
    isx86_64 = {
      cpu = {
        family = "x86";
        bits = 64;
      };
    };
    isx86 = cpuFamily "x86";
    isAarch = cpuFamily "arm";
    isArmv7 = map cpuOf [
      "armv7a"
      "armv7r"
      "armv7m"
      "armv7l"
    ];
    isAarch32 = {
      cpu = {
        family = "arm";
        bits = 32;
      };
    };
    isAarch64 = {
      cpu = {
        family = "arm";
        bits = 64;
      };
    };
    isAlpha = cpuFamily "alpha";
    isAvr = cpuFamily "avr";
    isJavaScript = cpuFamily "javascript";
    isLoongArch64 = {
      cpu = {
        family = "loongarch";
        bits = 64;
      };
    };
    isM68k = cpuFamily "m68k";
    isMicroBlaze = cpuFamily "microblaze";
    isMips = cpuFamily "mips";
    isMips32 = {
      cpu = {
        family = "mips";
        bits = 32;
      };
    };
    isMips64 = {
      cpu = {
        family = "mips";
        bits = 64;
      };
    };
    isMips64n32 = {
      cpu = {
        family = "mips";
        bits = 64;
      };
      abi = {
        abi = "n32";
      };
    };
    isMips64n64 = {
      cpu = {
        family = "mips";
        bits = 64;
      };
      abi = {
        abi = "64";
      };
    };
    isMmix = cpuFamily "mmix";
    isMsp430 = cpuFamily "msp430";
    isOr1k = cpuFamily "or1k";
    isPower = cpuFamily "power";
    isPower64 = {
      cpu = {
        family = "power";
        bits = 64;
      };
    };
    isPowerPC = cpuOf "powerpc";
    isRiscV = cpuFamily "riscv";
    isRiscV32 = {
      cpu = {
        family = "riscv";
        bits = 32;
      };
    };
    isRiscV64 = {
      cpu = {
        family = "riscv";
        bits = 64;
      };
    };
    isRx = cpuFamily "rx";
    isS390 = cpuFamily "s390";
    isS390x = {
      cpu = {
        family = "s390";
        bits = 64;
      };
    };
    isSparc = cpuFamily "sparc";
    isSparc64 = {
      cpu = {
        family = "sparc";
        bits = 64;
      };
    };
    isVc4 = cpuFamily "vc4";
    isWasm = cpuFamily "wasm";

    is32bit.cpu.bits = 32;
    is64bit.cpu.bits = 64;
    isILP32 = {
      abi.abi = "n32";
    };
    isBigEndian.cpu.significantByte = significantBytes.bigEndian;
    isLittleEndian.cpu.significantByte = significantBytes.littleEndian;

    isBSD = kernelFamily "bsd";
    isDarwin = kernelFamily "darwin";
    isUnix = [
      (kernelFamily "bsd")
      (kernelFamily "darwin")
    ]
    ++ map kernelOf [
      "linux"
      "solaris"
      "cygwin"
      "redox"
    ];
    isMacOS = map kernelOf [
      "macos"
      "darwin"
    ];
    isiOS = kernelOf "ios";
    isLinux = kernelOf "linux";
    isSunOS = kernelOf "solaris";
    isFreeBSD = kernelOf "freebsd";
    isNetBSD = kernelOf "netbsd";
    isOpenBSD = kernelOf "openbsd";
    isWindows = kernelOf "windows";
    isCygwin = kernelOf "cygwin";
    isMinGW = {
      kernel.name = "windows";
      abi = abis.gnu;
    };
    isMsvc = {
      kernel.name = "windows";
      abi = abis.msvc;
    };
    isWasi = kernelOf "wasi";
    isRedox = kernelOf "redox";
    isGhcjs = kernelOf "ghcjs";
    isGenode = kernelOf "genode";
    isUefi = kernelOf "uefi";
    isNone = kernelOf "none";

    isAndroid = abiOf [
      "android"
      "androideabi"
    ];
    isGnu = abiOf [
      "gnu"
      "gnuabi64"
      "gnuabin32"
      "gnueabi"
      "gnueabihf"
      "gnuabielfv1"
      "gnuabielfv2"
      "gnusf"
    ];
    isMusl = abiOf [
      "musl"
      "musleabi"
      "musleabihf"
      "muslabi64"
      "muslabin32"
    ];
    isUClibc = abiOf [
      "uclibc"
      "uclibceabi"
      "uclibceabihf"
    ];
    isLLVMLibc = abiOf [ "llvm" ];

    isElf.kernel.execFormat = execFormats.elf;
    isMacho.kernel.execFormat = execFormats.macho;
    isPE.kernel.execFormat = execFormats.pe;
  };

  matches = alternatives: parsed: lib.any (pattern: lib.matchAttrs pattern parsed) alternatives;

  predicates = lib.mapAttrs (_: matches) patterns;

  isEfi =
    parsed:
    lib.any (predicate: predicate parsed) [
      predicates.isx86
      predicates.isAarch
      predicates.isRiscV
      predicates.isLoongArch64
    ];
}
