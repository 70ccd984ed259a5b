# shellcheck shell=bash disable=SC2154 # Variables are those of bench/run.
# Many small files, as sources have them, and one large file.
question 'How fast are files added to the store, checked and read back?'
mkdir -p "$scratch/files-small"
for ((i = 0; i < 40; i++)); do
  mkdir -p "$scratch/files-small/$i"
  for ((k = 0; k < 50; k++)); do printf '%*d' $((1000 + 37 * k)) $((100 * i + k)) >"$scratch/files-small/$i/$k"; done
done
head -c 100000000 /dev/zero | openssl enc -aes-128-ctr -pass pass:bench -nosalt -pbkdf2 >"$scratch/files-large" 2>/dev/null
compare_fresh 'add 2,000 small files' nix-store --store @store@ --add "$scratch/files-small"
compare_fresh 'add a file of 100 MB' nix-store --store @store@ --add "$scratch/files-large"
compare 'add both again' nix-store --store @store@ --add "$scratch/files-small" "$scratch/files-large"
compare 'verify contents' nix-store --store @store@ --verify --check-contents
compare 'dump 100 MB' nix-store --dump "$scratch/files-large"
