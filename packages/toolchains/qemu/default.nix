# Static QEMU user-mode emulators that run on `host`, one file a program, so that an emulator for one platform does not
# keep the others alive.
{ debian }:
host: programs:
debian.prefix {
  name = "qemu-user-${debian.upstreamVersion host "qemu-user"}";
  system = host;
  packages = [ "qemu-user" ];
  include = map (program: "bin/${program}") programs;
  passthru = {
    version = debian.upstreamVersion host "qemu-user";
  };
}
