# Messages. They go to NIX_LOG_FD, which is standard error unless a debugging session redirects it.
# shellcheck shell=bash

: "${NIX_DEBUG:=0}"
export NIX_LOG_FD=${NIX_LOG_FD:-2}

# nixLogWithLevel LEVEL MESSAGE…: printed where NIX_DEBUG reaches the level.
nixLogWithLevel() {
  local level=$1
  shift
  if ((NIX_DEBUG >= level)); then
    printf '%s\n' "$*" >&"$NIX_LOG_FD"
  fi
}

nixErrorLog() { nixLogWithLevel 0 "error: $*"; }
nixWarnLog() { nixLogWithLevel 0 "warning: $*"; }
nixNoticeLog() { nixLogWithLevel 0 "$*"; }
nixInfoLog() { nixLogWithLevel 3 "$*"; }
nixTalkativeLog() { nixLogWithLevel 4 "$*"; }
nixChattyLog() { nixLogWithLevel 5 "$*"; }
nixDebugLog() { nixLogWithLevel 6 "$*"; }
nixVomitLog() { nixLogWithLevel 7 "$*"; }

# echoCmd NAME WORD…: shows a list of words unambiguously, on one line.
echoCmd() {
  printf '%s:' "$1"
  shift
  printf ' %q' "$@"
  echo
}

# Tells a Nix-compatible log reader, on standard error, which phase begins.
_logPhase() {
  if [[ -e /proc/self/fd/$NIX_LOG_FD ]]; then
    printf '@nix { "action": "setPhase", "phase": "%s" }\n' "$1" >&"$NIX_LOG_FD"
  fi
}
