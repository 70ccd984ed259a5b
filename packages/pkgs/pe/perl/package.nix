# Debian's perl, relocated: builds need one long before anything here could build it.
{ bootstrap, stdenv }: bootstrap.perlFor stdenv.hostPlatform.system
