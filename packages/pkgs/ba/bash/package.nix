{
  lib,
  stdenv,
  buildPackages,
  fetchDebianSource,
}:
let
  source = fetchDebianSource (lib.importJSON ./source.json);
  isCross = stdenv.hostPlatform.config != stdenv.buildPlatform.config;
in
stdenv.mkDerivation {
  pname = "bash";
  version = source.upstreamVersion;

  src = source;

  outputs = [
    "out"
    "dev"
    "man"
    "doc"
    "info"
  ];

  # mkbuiltins and other generators run while it is built.
  depsBuildBuild = [ buildPackages.stdenv.cc ];

  configureFlags = [
    "--without-bash-malloc"
    "--disable-nls"
  ]
  # What configure would find out by running programs.
  ++ lib.optionals isCross [
    "bash_cv_getcwd_malloc=yes"
    "bash_cv_job_control_missing=nomissing"
    "bash_cv_sys_named_pipes=nomissing"
    "bash_cv_dup2_broken=no"
    "bash_cv_printf_a_format=yes"
    "bash_cv_func_sigsetjmp=present"
    "bash_cv_wcwidth_broken=no"
  ];

  # GCC 14 takes C of before 1999 for an error; the bundled termcap is such.
  env.NIX_CFLAGS_COMPILE = "-Wno-error=implicit-function-declaration";
  # Its own format strings are not literals.
  hardeningDisable = [ "format" ];

  enableParallelBuilding = true;

  postInstall = ''
    ln -s bash "$out/bin/sh"
    rm -f "$out/bin/bashbug"
    # What loadable builtins are compiled with names the headers, which in turn lead here.
    moveToOutput 'lib/bash/Makefile*' "$dev"
    moveToOutput lib/bash/loadables.h "$dev"
  '';

  passthru.shellPath = "/bin/bash";

  meta = {
    description = "GNU Bourne-Again Shell";
    homepage = "https://www.gnu.org/software/bash/";
    license = lib.licenses.gpl3Plus;
    mainProgram = "bash";
    platforms = lib.platforms.unix;
  };
}
