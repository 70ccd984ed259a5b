# shellcheck shell=bash disable=SC2154 # Variables are those of bench/run.
# The set of the checkout, from nothing to its derivations in an empty store, and again with the store filled.
question 'How long does it take to evaluate the set and write its derivations?'
names=(hello zlib bash lua busybox sqlite openssl)
seven=()
for name in "${names[@]}"; do seven+=(-A "$name"); done
platform='{ config = "riscv64-unknown-linux-gnu"; }'
for measure_case in compare_fresh compare; do
  store=filled
  [[ $measure_case == compare ]] || store=empty
  "$measure_case" "cross hello, $store store" \
    nix-instantiate --store @store@ "$root/packages" --arg crossSystem "$platform" -A hello
  "$measure_case" "cross seven, $store store" \
    nix-instantiate --store @store@ "$root/packages" --arg crossSystem "$platform" "${seven[@]}"
done
