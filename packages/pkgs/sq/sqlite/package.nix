{
  lib,
  stdenv,
  buildPackages,
  fetchDebianSource,
  tcl,
  zlib,
  # The shell's line editing and archives need libraries; the library itself needs none.
  withZlib ? true,
}:
let
  source = fetchDebianSource (lib.importJSON ./source.json);
in
stdenv.mkDerivation {
  pname = "sqlite";
  version = source.upstreamVersion;

  src = source;

  outputs = [
    "bin"
    "dev"
    "out"
  ];

  # lemon and mkkeywordhash are compiled and run here; scripts in Tcl join the sources.
  depsBuildBuild = [ buildPackages.stdenv.cc ];
  nativeBuildInputs = [ tcl ];
  buildInputs = lib.optional withZlib zlib;

  # The shell would be made with a second copy of the library.
  postPatch = ''
    substituteInPlace Makefile.in \
      --replace-fail 'sqlite3$(TEXE):	shell.c sqlite3.c' 'sqlite3$(TEXE):	shell.c libsqlite3.la' \
      --replace-fail '		shell.c sqlite3.c \' '		shell.c libsqlite3.la \'
  '';

  configureFlags = [
    "--disable-readline"
    "--disable-tcl"
    "--enable-threadsafe"
    "--enable-load-extension"
  ];

  # configure asks tclsh only where Tcl's own binding is made; the generated sources need it all the same.
  makeFlags = [ "TCLSH_CMD=tclsh" ];
  preConfigure = ''
    export BUILD_CC="''${CC_FOR_BUILD:-$CC}"
  '';

  env.NIX_CFLAGS_COMPILE = toString [
    "-DSQLITE_ENABLE_BYTECODE_VTAB"
    "-DSQLITE_ENABLE_COLUMN_METADATA"
    "-DSQLITE_ENABLE_DBPAGE_VTAB"
    "-DSQLITE_ENABLE_DBSTAT_VTAB"
    "-DSQLITE_ENABLE_FTS3"
    "-DSQLITE_ENABLE_FTS3_PARENTHESIS"
    "-DSQLITE_ENABLE_FTS4"
    "-DSQLITE_ENABLE_FTS5"
    "-DSQLITE_ENABLE_JSON1"
    "-DSQLITE_ENABLE_OFFSET_SQL_FUNC"
    "-DSQLITE_ENABLE_RTREE"
    "-DSQLITE_ENABLE_STMTVTAB"
    "-DSQLITE_ENABLE_STMT_SCANSTATUS"
    "-DSQLITE_ENABLE_UNLOCK_NOTIFY"
    "-DSQLITE_MAX_EXPR_DEPTH=10000"
    "-DSQLITE_MAX_VARIABLE_NUMBER=250000"
    "-DSQLITE_SECURE_DELETE"
  ];

  enableParallelBuilding = true;

  meta = {
    description = "Self-contained, serverless, zero-configuration, transactional SQL database engine";
    homepage = "https://www.sqlite.org/";
    license = lib.licenses.publicDomain;
    mainProgram = "sqlite3";
    platforms = lib.platforms.unix;
  };
}
