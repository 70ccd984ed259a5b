#!/bin/sh
# Builds the NativeAOT program of the checkout $1 into artifacts/ferry/bin, and installs what that needs first.
# Speaks on standard error only: standard output belongs to the command that the user typed.
set -eu

root=$1
built=$root/artifacts/ferry
log=$built/build.log
mkdir -p "$built"

say() { printf 'ferry: %s\n' "$*" >&2; }
die() {
  say "$@"
  exit 1
}

# One build at a time; whoever waited finds the work done.
if [ "${FERRY_BUILD_LOCK-}" != held ]; then
  command -v flock >/dev/null || die "the program 'flock' is missing (Debian package util-linux)"
  exec env FERRY_BUILD_LOCK=held flock "$built/lock" sh "$0" "$@"
fi
if [ -x "$built/bin/ferry" ] && [ -f "$built/stamp" ] &&
  [ -z "$(find "$root/src" "$root/tools/launcher" -newer "$built/stamp" -print -quit)" ]; then
  exit 0
fi

command -v dotnet >/dev/null || die "the .NET SDK 10 is missing: install the package dotnet-sdk-10.0"

. "$root/tools/launcher/packages.sh"
missing=$(missing_packages)
if [ -n "$missing" ]; then
  say "installing what the build needs: $missing"
  install_packages "$missing" >"$log" 2>&1 ||
    die "these Debian packages are needed: $missing (install them as root: apt-get install $missing)"
fi

started=$(date +%s)
if [ -x "$built/bin/ferry" ]; then
  say "the sources changed, building (about a minute)"
else
  say "first use, building (one to two minutes)"
fi

touch "$built/stamp.new"
rm -rf "$built/new"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# An ordinary user may have no writable home; the SDK insists on one.
[ -w "${HOME-/nonexistent}" ] || export DOTNET_CLI_HOME="$built/home" NUGET_PACKAGES="$built/nuget"
# Style and analysis are the tests' business (./test); leaving them out halves the wait.
if ! dotnet publish "$root/src/Ferry.Cli/Ferry.Cli.csproj" --configuration Release --output "$built/new" \
  --verbosity quiet -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false -p:GenerateDocumentationFile=false \
  -p:DebugType=none >>"$log" 2>&1 </dev/null; then
  tail -n 20 "$log" >&2
  die "the build failed; the whole log is in $log"
fi

# The static shell that sandboxed builds see as /bin/sh lies beside the program.
mkdir -p "$built/new/libexec/ferry"
static_shell "$built/new/libexec/ferry/sandbox-shell" >>"$log" 2>&1 ||
  die "a static shell is needed: install the Debian package bash-static, or run apt-get update"

rm -rf "$built/old"
[ ! -e "$built/bin" ] || mv "$built/bin" "$built/old"
mv "$built/new" "$built/bin"
rm -rf "$built/old"
mv "$built/stamp.new" "$built/stamp"
say "built in $(($(date +%s) - started)) s"
