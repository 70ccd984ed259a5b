# shellcheck shell=bash disable=SC2154 # Variables are those of bench/run.
question 'How fast are programs evaluated?'
for folder in "${programs[@]}"; do
  for program in "$folder"/*.nix; do
    name=${program##*/}
    compare "${name%.nix}" nix-instantiate --eval --strict --readonly-mode --store dummy:// "$program"
  done
done
