# patchPhase: $patches, compressed or not, in their order.
# shellcheck shell=bash

patchPhase() {
  runHook prePatch

  local list=() flags=() file uncompress
  concatTo list patches
  concatTo flags patchFlags=-p1
  for file in ${list+"${list[@]}"}; do
    echo "applying patch $file"
    uncompress='cat'
    case $file in
      *.gz) uncompress="gzip -d" ;;
      *.bz2) uncompress="bzip2 -d" ;;
      *.xz) uncompress="xz -d" ;;
      *.lzma) uncompress="lzma -d" ;;
    esac
    # shellcheck disable=SC2086 # the command has words
    $uncompress <"$file" | patch "${flags[@]}"
  done

  runHook postPatch
}
