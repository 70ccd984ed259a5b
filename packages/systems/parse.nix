# System names to their parts and back. A name is a double ("riscv64-linux") or a configuration triple with two to four
# parts ("riscv64-unknown-linux-gnu"). Source of the shapes: GNU config.sub and the names Nix users write.
{ lib }:
let
  # Each entry of a table carries its own name and kind.
  table =
    kind:
    lib.mapAttrs (
      name: data:
      data
      // {
        inherit name;
        _type = kind;
      }
    );

  significantBytes = table "significant-byte" {
    bigEndian = { };
    littleEndian = { };
  };

  cpuTypes = lib.mapAttrs (
    _: cpu: cpu // { significantByte = significantBytes.${cpu.significantByte}; }
  ) (table "cpu-type" (lib.importJSON ./cpus.json));

  execFormats = table "exec-format" (
    lib.genAttrs [
      "aout"
      "elf"
      "macho"
      "pe"
      "wasm"
      "unknown"
    ] (_: { })
  );

  kernels = lib.mapAttrs (
    _: kernel:
    kernel
    // {
      execFormat = execFormats.${kernel.execFormat};
      families = lib.genAttrs kernel.families (name: { inherit name; });
    }
  ) (table "kernel" (lib.importJSON ./kernels.json));

  vendors = table "vendor" (lib.genAttrs (lib.importJSON ./vendors.json) (_: { }));
  abis = table "abi" (lib.importJSON ./abis.json);

  # A kernel name may end in a version: "darwin20", "freebsd14".
  kernelNamed =
    name:
    let
      versioned = builtins.match "(darwin|freebsd|netbsd|openbsd|ios)([0-9.]*)" name;
    in
    if kernels ? ${name} then
      kernels.${name}
    else if versioned != null then
      kernels.${builtins.head versioned} // { version = builtins.elemAt versioned 1; }
    else
      null;

  look =
    what: entries: whole: name:
    entries.${name}
      or (throw "'${whole}' is not a platform that lib.systems knows: its ${what} '${name}' is unknown${
        lib.optionalString (what == "CPU") "; the CPUs are ${lib.concatStringsSep ", " (lib.attrNames entries)}"
      }");

  isNoneLike = name: abis ? ${name} && kernelNamed name == null;

  # The parts as named by position. What a short name leaves out is filled in by `complete`.
  skeleton =
    whole: parts:
    let
      at = builtins.elemAt parts;
      count = builtins.length parts;
    in
    if count == 1 then
      {
        cpu = at 0;
        kernel = if at 0 == "mmix" then "mmixware" else "none";
      }
    else if count == 2 then
      if isNoneLike (at 1) then
        {
          cpu = at 0;
          kernel = "none";
          abi = at 1;
        }
      else
        {
          cpu = at 0;
          kernel = at 1;
        }
    else if count == 3 then
      if at 2 == "mingw32" then
        {
          cpu = at 0;
          vendor = at 1;
          kernel = "windows";
          abi = "gnu";
        }
      else if kernelNamed (at 2) != null || at 2 == "wasip1" || at 2 == "cygwin" then
        {
          cpu = at 0;
          vendor = at 1;
          kernel = if at 2 == "wasip1" then "wasi" else at 2;
        }
      else if kernelNamed (at 1) != null then
        {
          cpu = at 0;
          kernel = at 1;
          abi = at 2;
        }
      else if isNoneLike (at 2) then
        {
          cpu = at 0;
          vendor = at 1;
          kernel = "none";
          abi = at 2;
        }
      else
        throw "'${whole}' is not a platform that lib.systems knows: '${at 2}' is neither a kernel nor an ABI"
    else if count == 4 then
      {
        cpu = at 0;
        vendor = at 1;
        kernel = at 2;
        abi = at 3;
      }
    else
      throw "'${whole}' is not a platform: one to four parts separated by '-' were expected";

  defaultVendor =
    cpu: kernel:
    if kernel.families ? darwin then
      vendors.apple
    else if kernel.name == "windows" then
      vendors.pc
    else
      vendors.unknown;

  defaultAbi =
    cpu: kernel:
    if kernel.name == "linux" then
      if cpu.family == "arm" && cpu.bits == 32 then
        if lib.versionAtLeast (cpu.version or "0") "6" then abis.gnueabihf else abis.gnueabi
      else if cpu.name == "powerpc64" then
        abis.gnuabielfv2
      else if cpu.name == "mips64" || cpu.name == "mips64el" then
        abis.gnuabi64
      else
        abis.gnu
    else if kernel.name == "windows" then
      abis.msvc
    else if kernel.name == "cygwin" then
      abis.cygnus
    else
      abis.unknown;

  complete =
    whole: parts:
    let
      cpuName = if parts.cpu == "amd64" then "x86_64" else parts.cpu;
      cpu = look "CPU" cpuTypes whole cpuName;
      kernel =
        let
          found = kernelNamed parts.kernel;
        in
        if found == null then look "kernel" kernels whole parts.kernel else found;
    in
    {
      _type = "system";
      inherit cpu kernel;
      vendor =
        if parts ? vendor then look "vendor" vendors whole parts.vendor else defaultVendor cpu kernel;
      abi = if parts ? abi then look "ABI" abis whole parts.abi else defaultAbi cpu kernel;
    };

  kernelName = kernel: kernel.name + kernel.version or "";
in
{
  inherit
    abis
    cpuTypes
    execFormats
    kernels
    significantBytes
    vendors
    kernelName
    ;

  isSystem = value: value._type or null == "system";

  mkSystemFromString = text: complete text (skeleton text (lib.splitString "-" text));

  # "riscv64-linux". ARM's 32-bit names carry their ABI only in the CPU.
  doubleFromSystem =
    { cpu, kernel, ... }:
    if kernel.families ? darwin then
      "${if cpu.name == "arm64" then "aarch64" else cpu.name}-${if kernel.name == "ios" then "ios" else "darwin"}"
    else
      "${cpu.name}-${kernelName kernel}";

  # "riscv64-unknown-linux-gnu".
  tripleFromSystem =
    {
      cpu,
      vendor,
      kernel,
      abi,
      ...
    }:
    let
      optionalAbi = lib.optionalString (abi.name != "unknown") "-${abi.name}";
      kernelPart =
        if kernel.name == "windows" && abi.name == "gnu" then "mingw32" else kernelName kernel + optionalAbi;
    in
    "${cpu.name}-${vendor.name}-${kernelPart}";
}
