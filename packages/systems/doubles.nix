# All "cpu-kernel" names, and groups of them: `lib.platforms.linux` and its like.
{
  lib,
  parse,
  inspect,
}:
let
  all = lib.importJSON ./doubles.json;
  parsed = lib.genAttrs all parse.mkSystemFromString;
  inherit (inspect) predicates;
  where = predicate: lib.filter (name: predicate parsed.${name}) all;
  groups = {
    inherit all;
    none = [ ];
    arm = where predicates.isAarch32;
    armv7 = where predicates.isArmv7;
    aarch = where predicates.isAarch;
    aarch64 = where predicates.isAarch64;
    x86 = where predicates.isx86;
    i686 = where predicates.isi686;
    x86_64 = where predicates.isx86_64;
    microblaze = where predicates.isMicroBlaze;
    mips = where predicates.isMips;
    mmix = where predicates.isMmix;
    power = where predicates.isPower;
    riscv = where predicates.isRiscV;
    riscv32 = where predicates.isRiscV32;
    riscv64 = where predicates.isRiscV64;
    rx = where predicates.isRx;
    s390 = where predicates.isS390;
    s390x = where predicates.isS390x;
    loongarch64 = where predicates.isLoongArch64;
    m68k = where predicates.isM68k;
    or1k = where predicates.isOr1k;
    vc4 = where predicates.isVc4;
    avr = where predicates.isAvr;
    wasm = where predicates.isWasm;
    bigEndian = where predicates.isBigEndian;
    littleEndian = where predicates.isLittleEndian;
    cygwin = where predicates.isCygwin;
    darwin = where predicates.isDarwin;
    freebsd = where predicates.isFreeBSD;
    netbsd = where predicates.isNetBSD;
    openbsd = where predicates.isOpenBSD;
    linux = where predicates.isLinux;
    gnu = lib.filter (name: predicates.isLinux parsed.${name} && predicates.isGnu parsed.${name}) all;
    unix = where predicates.isUnix;
    wasi = where predicates.isWasi;
    redox = where predicates.isRedox;
    windows = where (system: predicates.isWindows system || predicates.isCygwin system);
    genode = where predicates.isGenode;
    embedded = where predicates.isNone;
  };
in
groups // { inherit groups; }
