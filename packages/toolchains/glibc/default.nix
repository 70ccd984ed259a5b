# The C library of a platform, always from that platform's own packages: crossed and emulated programs share it.
{ debian }:
system:
let
  architecture = debian.architectureOf system;
  version = debian.upstreamVersion system "libc6";
  label = part: "glibc${part}-${architecture.multiarch}-${version}";

  # The run-time half: loader and libraries, byte for byte as Debian built them.
  runtime = debian.prefix {
    name = label "";
    inherit system;
    packages = [
      "libc6"
      "libcrypt1"
    ];
    exclude = [ "lib/gconv/**" ];
    passthru = {
      inherit version dev;
      loader = "${runtime}/lib/${architecture.loader}";
    };
  };

  # The other half: headers, start files, static libraries and linker scripts.
  dev = debian.prefix {
    name = label "-dev";
    inherit system;
    packages = [
      "libc6-dev"
      "libcrypt-dev"
      "linux-libc-dev"
    ];
    include = [
      "include/**"
      "lib/**"
    ];
    # linux-libc-dev carries the headers of every architecture; one is kept.
    exclude = [
      "include/*-linux-gnu*/**"
      "lib/linux/uapi/**"
      "lib/audit/**"
      "lib/pkgconfig/libxcrypt.pc"
    ];
    keep = [ "lib/linux/uapi/${architecture.linux}/**" ];
    companions = [ runtime ];
  };
in
runtime
