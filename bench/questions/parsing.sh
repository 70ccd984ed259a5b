# shellcheck shell=bash disable=SC2154 # Variables are those of bench/run.
# --parse prints the tree as well; bash's list of files is one command line, which bounds the tree at some 20,000 files.
question "How fast are all files of a tree read? ($tree)"
mapfile -t files < <(find "$tree" -name '*.nix' -type f | sort)
compare "${#files[@]} files" nix-instantiate --parse "${files[@]}"
