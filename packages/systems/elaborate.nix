# A platform with everything about it filled in, from as little as "riscv64-linux" or { config = "…"; }. What the caller
# gives always wins over what is derived here.
{
  lib,
  parse,
  inspect,
  architectures,
  names,
}:
let
  # Functions never compare equal in Nix, so two elaborations of the same platform are compared without them.
  withoutFunctions = lib.filterAttrs (name: value: !builtins.isFunction value && name != "rust");
  equals = left: right: withoutFunctions left == withoutFunctions right;

  elaborate =
    given:
    let
      arguments = if builtins.isString given then { system = given; } else given;

      derived = {
        parsed = parse.mkSystemFromString (
          arguments.config or arguments.system
            or (throw "a platform needs `system` (\"riscv64-linux\") or `config` (\"riscv64-unknown-linux-gnu\")")
        );
        system = parse.doubleFromSystem final.parsed;
        config = parse.tripleFromSystem final.parsed;

        libc = names.libc final;
        linker =
          if final.useLLVM then
            "lld"
          else if final.isDarwin then
            "cctools"
          else
            "bfd";
        useLLVM = final.isFreeBSD || final.isOpenBSD;
        useAndroidPrebuilt = false;
        useiOSPrebuilt = false;
        isStatic = final.isWasi || final.isRedox;
        hasSharedLibraries =
          !final.isStatic
          && (final.isUnix || final.isWindows)
          && final.libc != "nolibc";
        gcc = names.gcc final;
        linux-kernel = names.kernel final;
        extensions = names.extensions final;
        uname = names.uname final;
        linuxArch = names.linuxArch final;
        qemuArch = names.qemuArch final;
        efiArch = names.efiArch final;
        darwinArch = if final.parsed.cpu.name == "aarch64" then "arm64" else final.parsed.cpu.name;
        ubootArch = names.ubootArch final;
        rust = names.rust final;
        go = names.go final;
        isEfi = inspect.isEfi final.parsed;

        # Features of the instruction set that `gcc.arch` promises.
        inherit (architectures.features final.gcc.arch or "default")
          sse3Support
          ssse3Support
          sse4_1Support
          sse4_2Support
          sse4_aSupport
          avxSupport
          avx2Support
          avx512Support
          aesSupport
          fmaSupport
          ;

        # Programs of `other` run here without any help.
        canExecute =
          other:
          final.isAndroid == other.isAndroid
          && final.parsed.kernel == other.parsed.kernel
          && (final.libc == other.libc || other.isStatic || final.isLinux)
          && names.runs final.parsed.cpu other.parsed.cpu
          && (
            final.parsed.cpu != other.parsed.cpu
            || architectures.canExecute (final.gcc.arch or null) (other.gcc.arch or null)
          );

        # True where `emulator packages` gives a command, for a package set whose host this could be run on.
        emulatorAvailable = packages: (names.emulator final packages) != null;
        emulator =
          packages:
          let
            found = names.emulator final packages;
          in
          if found == null then
            throw "there is no emulator for ${final.config} on ${packages.stdenv.hostPlatform.config}"
          else
            found;
        staticEmulatorAvailable = final.emulatorAvailable;
        staticEmulator = final.emulator;
      };

      final =
        derived
        // lib.mapAttrs (_: predicate: predicate final.parsed) inspect.predicates
        // arguments;
    in
    # An elaborated platform goes through unchanged, so it may be handed on freely.
    if given ? parsed && given ? canExecute then given else final;
in
{
  inherit elaborate equals;
}
