# shellcheck shell=bash disable=SC2154 # Variables are those of bench/run.
# How a question of bench/questions measures; read by bench/run, whose variables it uses.
#
#   question TEXT                   names what the following cases ask
#   compare LABEL COMMAND ARG…      runs COMMAND on either side; in arguments, @store@ stands for a store of that side's own
#   compare_fresh LABEL …           the same, with an empty store before every run
#
# COMMAND is a stock name (`nix`, `nix-build` …). Output is compared too: a case whose sides print different things says so.

# What both sides read beside their own nix.conf: nothing from the network, and stock's sandbox or a failure.
settings='experimental-features = nix-command flakes
substituters =
sandbox = true
sandbox-fallback = false
build-users-group ='

prepare() {
  measure=$scratch/measure
  cc -O2 -o "$measure" "$root/bench/measure.c"
  export NIX_CONFIG=$settings FERRY_PACKAGES=${FERRY_PACKAGES-$root/packages}
  fresh=
  ratios=$scratch/ratios
  : >"$ratios"
  # What it costs to reach stock, such as a chroot's mounts, is taken off its times.
  reach='0 0 0'
  if [[ ${#stock[@]} -gt 0 && -z $stock_is_ferry ]]; then
    : >"$scratch/reach"
    for _ in 1 2 3 4 5 6 7 8 9; do "$measure" "$scratch/reach" "${stock[@]}" true; done
    reach=$(medians "$scratch/reach")
  fi
}

clean_up() {
  remove_store ferry
  remove_store stock
  rm -rf "$scratch"/{measure,reach,ratios,ferry,stock,files}*
  [[ -z $made ]] || rm -rf "$made"
}

# A store's directories are read-only.
remove_store() {
  [[ ! -d $scratch/$1-store ]] || chmod -R u+w "$scratch/$1-store"
  rm -rf "$scratch/$1-store"
}

question() {
  printf '\n%s\n%-34s %10s %10s %6s %10s %10s %6s %9s %9s %6s\n' "$1" \
    '' 'CPU ms' stock ratio 'wall ms' stock ratio 'peak MiB' stock ratio
}

# The medians of CPU, wall and peak of a report of `measure`.
medians() {
  local column
  for column in 1 2 3; do cut -d' ' -f$column "$1" | sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; done | xargs
}

run_side() { # run_side SIDE COMMAND ARG…
  local side=$1
  shift
  local command=("${@//@store@/$scratch/$side-store}")
  [[ -z $fresh ]] || remove_store "$side"
  local words=("${ferry[@]}") is_ferry=1
  [[ $side == ferry ]] || words=("${stock[@]}") is_ferry=$stock_is_ferry
  # Ferry under its own name takes `nix build` as `build`.
  [[ -z $is_ferry || ${command[0]} != nix ]] || command=("${command[@]:1}")
  "$measure" "$scratch/$side.report" "${words[@]}" "${command[@]}" >"$scratch/$side.out" 2>"$scratch/$side.err" </dev/null
}

compare_fresh() {
  fresh=1
  compare "$@"
  fresh=
}

compare() { # compare LABEL COMMAND ARG…
  local label=$1 round side sides=(ferry) note=
  shift
  [[ $label == *"$only"* ]] || return 0
  [[ -z $has_stock ]] || sides+=(stock)
  rm -f "$scratch"/{ferry,stock}.report
  for ((round = 0; round < rounds; round++)); do
    for side in "${sides[@]}"; do
      run_side "$side" "$@" || {
        printf '%-34s %s failed: %s\n' "$label" "$side" "$(tail -n 1 "$scratch/$side.err")"
        failed=1
        return 0
      }
    done
  done
  if [[ -n $has_stock ]]; then
    cmp -s "$scratch/ferry.out" "$scratch/stock.out" ||
      cmp -s <(sed "s|$scratch/ferry-store||g" "$scratch/ferry.out") <(sed "s|$scratch/stock-store||g" "$scratch/stock.out") ||
      note='  output differs'
    report "$label" "$(medians "$scratch/ferry.report")" "$(medians "$scratch/stock.report")" "$reach" "$note"
  else
    report "$label" "$(medians "$scratch/ferry.report")" '' "$reach" ''
  fi
}

report() { # report LABEL FERRY STOCK REACH NOTE
  awk -v label="$1" -v ferry="$2" -v stock="$3" -v reach="$4" -v note="$5" -v ratios="$ratios" '
    function ratio(a, b) { return b > 0 && a > 0 ? sprintf("%.2f", a / b) : "-" }
    function cell(unit, i) {
      if (stock == "") return sprintf(" %*.1f %*s %6s", i < 3 ? 10 : 9, f[i] / unit, i < 3 ? 10 : 9, "-", "-")
      t = s[i] - (i < 3 ? r[i] : 0)
      return sprintf(" %*.1f %*.1f %6s", i < 3 ? 10 : 9, f[i] / unit, i < 3 ? 10 : 9, t / unit, ratio(f[i], t))
    }
    BEGIN {
      split(ferry, f, " "); split(stock, s, " "); split(reach, r, " ")
      printf "%-34s%s%s%s%s\n", label, cell(1000, 1), cell(1000, 2), cell(1024, 3), note
      if (stock != "" && f[1] > 0 && s[1] - r[1] > 0)
        print f[1] / (s[1] - r[1]), f[2] / (s[2] - r[2] > 0 ? s[2] - r[2] : 1), f[3] / s[3] >> ratios
    }'
}

# The geometric means over all cases; a failed case is a failed run.
summary() {
  [[ ! -s $ratios ]] || awk '{c += log($1); w += log($2); m += log($3)}
    END {printf "\n%d cases, geometric mean of the ratios: CPU %.2f, wall %.2f, peak memory %.2f\n", NR, exp(c / NR), exp(w / NR), exp(m / NR)}' "$ratios"
  [[ -z ${failed-} ]]
}
