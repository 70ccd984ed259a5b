# What other programs call a platform, and what follows from the platform alone.
{ lib }:
let
  # First value whose condition holds.
  choose =
    default: cases:
    (lib.findFirst (case: case.when) { value = default; } cases).value;
  case = when: value: { inherit when value; };
in
{
  libc =
    final:
    choose (throw "no C library is known for ${final.config}") [
      (case final.isDarwin "libSystem")
      (case final.isMinGW "msvcrt")
      (case final.isWasi "wasilibc")
      (case final.isMusl "musl")
      (case final.isUClibc "uclibc")
      (case final.isAndroid "bionic")
      (case final.isLinux "glibc")
      (case final.isFreeBSD "fblibc")
      (case final.isNetBSD "nblibc")
      (case final.isOpenBSD "oblibc")
      (case final.isCygwin "cygwin")
      (case final.isAvr "avrlibc")
      (case final.isGhcjs null)
      (case (final.isNone || final.isMmix) "newlib")
      (case final.isWindows "ucrt")
      (case true "native")
    ];

  # Flags that the compiler is configured with where the CPU alone does not decide.
  gcc =
    final:
    choose { } [
      (case final.isRiscV64 {
        arch = "rv64gc";
        abi = "lp64d";
      })
      (case (final.isRiscV32 && final.isLinux) {
        arch = "rv32gc";
        abi = "ilp32d";
      })
      (case (final.parsed.cpu.name == "armv7l" && final.isLinux) {
        arch = "armv7-a";
        fpu = "vfpv3-d16";
      })
      (case (final.parsed.cpu.name == "armv6l" && final.isLinux) {
        arch = "armv6";
        fpu = "vfp";
      })
      (case (final.isMips64n32 && final.isLinux) { abi = "n32"; })
      (case (final.isMips64n64 && final.isLinux) { abi = "64"; })
      (case (final.parsed.cpu.name == "powerpc64le") {
        cpu = "powerpc64le";
        tune = "power9";
      })
    ];

  kernel =
    final:
    if !final.isLinux then
      { }
    else
      {
        name = "linux";
        autoModules = true;
        preferBuiltin = final.isAarch || final.isRiscV;
        DTB = final.isAarch || final.isRiscV;
        baseConfig = if final.isPower then "ppc64_defconfig" else "defconfig";
        target = choose "vmlinux" [
          (case final.isx86 "bzImage")
          (case (final.isAarch64 || final.isRiscV) "Image")
          (case final.isAarch32 "zImage")
          (case final.isLoongArch64 "vmlinux")
          (case final.isS390 "bzImage")
        ];
      };

  extensions =
    final:
    let
      sharedLibrary = choose ".so" [
        (case final.isDarwin ".dylib")
        (case (final.isWindows || final.isCygwin) ".dll")
      ];
    in
    {
      inherit sharedLibrary;
      staticLibrary = if final.isWindows && !final.isMinGW then ".lib" else ".a";
      library = if final.hasSharedLibraries then sharedLibrary else ".a";
      executable = choose "" [
        (case (final.isWindows || final.isCygwin) ".exe")
        (case final.isWasm ".wasm")
        (case final.isGhcjs ".jsexe")
      ];
    };

  uname = final: {
    system = choose null [
      (case final.isLinux "Linux")
      (case final.isDarwin "Darwin")
      (case final.isWindows "Windows")
      (case final.isCygwin "CYGWIN_NT")
      (case final.isFreeBSD "FreeBSD")
      (case final.isNetBSD "NetBSD")
      (case final.isOpenBSD "OpenBSD")
      (case final.isWasi "Wasi")
      (case final.isRedox "Redox")
    ];
    processor = choose final.parsed.cpu.name [
      (case final.isPower64 "ppc64${lib.optionalString final.isLittleEndian "le"}")
      (case final.isPower "ppc${lib.optionalString final.isLittleEndian "le"}")
      (case final.isMips64 "mips64")
      (case final.isMips "mips")
      (case (final.isDarwin && final.isAarch64) "arm64")
    ];
    release = null;
  };

  linuxArch =
    final:
    choose final.parsed.cpu.name [
      (case final.isAarch64 "arm64")
      (case final.isAarch32 "arm")
      (case final.isx86_64 "x86_64")
      (case final.isx86_32 "i386")
      (case final.isLoongArch64 "loongarch")
      (case final.isMips "mips")
      (case final.isPower "powerpc")
      (case final.isRiscV "riscv")
      (case final.isS390 "s390")
      (case final.isOr1k "openrisc")
      (case final.isMicroBlaze "microblaze")
      (case final.isSparc "sparc")
    ];

  ubootArch =
    final:
    choose final.parsed.cpu.name [
      (case final.isx86_32 "x86")
      (case final.isx86_64 "x86_64")
      (case final.isAarch64 "arm64")
      (case final.isAarch32 "arm")
      (case final.isMips "mips")
      (case final.isPower "powerpc")
      (case final.isRiscV "riscv")
    ];

  qemuArch =
    final:
    choose final.parsed.cpu.name [
      (case final.isAarch64 "aarch64${lib.optionalString final.isBigEndian "_be"}")
      (case final.isAarch32 "arm${lib.optionalString final.isBigEndian "eb"}")
      (case final.isx86_32 "i386")
      (case final.isPower "ppc${lib.optionalString final.isPower64 "64"}${
        lib.optionalString final.isLittleEndian "le"
      }")
      (case final.isMips64n32 "mipsn32${lib.optionalString final.isLittleEndian "el"}")
      (case final.isMips "mips${lib.optionalString final.isMips64 "64"}${lib.optionalString final.isLittleEndian "el"}")
      (case (final.isM68k) "m68k")
    ];

  efiArch =
    final:
    choose final.parsed.cpu.name [
      (case final.isx86_32 "ia32")
      (case final.isx86_64 "x64")
      (case final.isAarch64 "aa64")
      (case final.isAarch32 "arm")
    ];

  rust =
    final:
    let
      cpu = choose final.parsed.cpu.name [
        (case final.isRiscV64 "riscv64gc")
        (case final.isRiscV32 "riscv32gc")
        (case (final.parsed.cpu.name == "armv7l") "armv7")
        (case (final.parsed.cpu.name == "armv6l") "arm")
        (case (final.parsed.cpu.name == "armv5tel") "armv5te")
        (case (final.isDarwin && final.isAarch64) "aarch64")
      ];
      kernel = final.parsed.kernel.name;
      abi = lib.optionalString (final.parsed.abi.name != "unknown") "-${final.parsed.abi.name}";
    in
    {
      rustcTarget = "${cpu}-${if final.isDarwin then "apple" else "unknown"}-${kernel}${abi}";
    };

  go = final: {
    GOOS = if final.isWasi then "wasip1" else final.parsed.kernel.name;
    GOARCH = choose final.parsed.cpu.name [
      (case final.isx86_64 "amd64")
      (case final.isx86_32 "386")
      (case final.isAarch64 "arm64")
      (case final.isAarch32 "arm")
      (case (final.isPower64 && final.isLittleEndian) "ppc64le")
      (case final.isPower64 "ppc64")
      (case final.isWasm "wasm")
      (case final.isLoongArch64 "loong64")
    ];
  };

  # A CPU runs its predecessors' programs where the kernel keeps that up.
  runs =
    here: there:
    here == there
    || (here.family == "x86" && there.family == "x86" && here.bits >= there.bits && here.name >= there.name)
    || (
      here.family == "arm"
      && there.family == "arm"
      && here.bits == there.bits
      && here.significantByte == there.significantByte
      && lib.versionAtLeast (here.version or "0") (there.version or "0")
    );

  # The command that runs a program of `final` in the given package set, or null.
  emulator =
    final: packages:
    let
      here = packages.stdenv.hostPlatform;
    in
    if here.canExecute final then
      "${packages.runtimeShell} -c '\"$@\"' --"
    else if final.isLinux && here.isLinux && packages ? qemu-user && final.isElf then
      "${packages.qemu-user}/bin/qemu-${final.qemuArch}"
    else
      null;
}
