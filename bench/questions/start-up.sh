# shellcheck shell=bash disable=SC2154 # Variables are those of bench/run.
question 'How long does it take to start?'
compare 'nix --version' nix --version
compare 'nix-instantiate --eval -E 1' nix-instantiate --eval --readonly-mode --store dummy:// -E 1
compare 'nix eval --expr 1' nix eval --store dummy:// --expr 1
