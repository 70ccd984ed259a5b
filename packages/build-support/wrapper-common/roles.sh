# Shared by the compiler and linker wrappers: variables by role. One compiler may serve several roles of one build
# (native builds use it for all of them), so its setup hook marks each, and the wrapper joins the variables of the marked
# ones.
# shellcheck shell=bash

# joinRoleVariables NAME MARK: makes NAME_@suffixSalt@ from NAME_FOR_BUILD, NAME and NAME_FOR_TARGET.
joinRoleVariables() {
  local -n joined=$1_@suffixSalt@
  local role mark variable
  joined=${joined-}
  for role in BUILD:_FOR_BUILD HOST: TARGET:_FOR_TARGET; do
    mark=$2_TARGET_${role%%:*}_@suffixSalt@
    if [[ -n ${!mark-} ]]; then
      variable=$1${role#*:}
      joined+=${!variable:+ ${!variable}}
    fi
  done
}

# expandResponseFiles WORD…: sets `params`, with @FILE replaced by the words in the file, as GCC and ld read them.
expandResponseFiles() {
  local word
  params=()
  for word in "$@"; do
    if [[ $word == @* && -f ${word#@} ]]; then
      readResponseFile "${word#@}"
    else
      params+=("$word")
    fi
  done
}

# One character after the other: blanks separate, quotes of both kinds group, a backslash takes the next as it is.
readResponseFile() {
  local text character word='' quote='' started='' index
  text=$(<"$1")
  for ((index = 0; index < ${#text}; index++)); do
    character=${text:index:1}
    if [[ $character == \\ ]]; then
      index=$((index + 1))
      word+=${text:index:1} started=1
    elif [[ -n $quote ]]; then
      if [[ $character == "$quote" ]]; then quote=; else word+=$character; fi
    elif [[ $character == [\'\"] ]]; then
      quote=$character started=1
    elif [[ $character == [[:space:]] ]]; then
      if [[ -n $started ]]; then params+=("$word"); fi
      word='' started=''
    else
      word+=$character started=1
    fi
  done
  if [[ -n $started ]]; then params+=("$word"); fi
}

# showCommand PROGRAM BEFORE… — for NIX_DEBUG.
showCommand() {
  local part
  for part in "$@"; do printf '  %q\n' "$part"; done >&2
}
