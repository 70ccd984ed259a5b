{
  lib,
  stdenv,
  fetchDebianSource,
}:
let
  source = fetchDebianSource (lib.importJSON ./source.json);
in
stdenv.mkDerivation (finalAttrs: {
  pname = "lua";
  version = source.upstreamVersion;

  src = source;

  # Upstream makes only a static library; programs that embed Lua share ours.
  postPatch = lib.optionalString stdenv.hostPlatform.hasSharedLibraries ''
    cat ${
      builtins.path {
        name = "lua-shared.mk";
        path = ./shared.mk;
      }
    } >>src/Makefile
    substituteInPlace src/luaconf.h --replace-fail /usr/local/ "$out/"
  '';

  makeFlags = [
    "PLAT=linux"
    "CC=${stdenv.cc.targetPrefix}cc"
    "RANLIB=${stdenv.cc.targetPrefix}ranlib"
    "V=${lib.versions.majorMinor finalAttrs.version}"
    "R=${finalAttrs.version}"
    "INSTALL_TOP=${placeholder "out"}"
    "INSTALL_MAN=${placeholder "out"}/share/man/man1"
  ];

  # A flag with a blank in it has to be in an array.
  preBuild = ''
    makeFlagsArray+=("AR=${stdenv.cc.targetPrefix}ar rcu")
  '';

  postInstall = lib.optionalString stdenv.hostPlatform.hasSharedLibraries ''
    cp -d src/liblua.so* "$out/lib/"
  '';

  enableParallelBuilding = true;

  meta = {
    description = "Powerful, fast, lightweight, embeddable scripting language";
    homepage = "https://www.lua.org";
    license = lib.licenses.mit;
    mainProgram = "lua";
    platforms = lib.platforms.unix;
  };
})
