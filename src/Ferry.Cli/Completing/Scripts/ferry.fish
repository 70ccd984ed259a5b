# Completion of ferry and nix for fish: the program itself says what is possible.

function __ferry_complete
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    set -l current (commandline --cut-at-cursor --current-token)
    set -lx NIX_GET_COMPLETIONS (count $words)
    $words "$current" 2>/dev/null | tail --lines=+2
end

for program in ferry nix
    complete --command $program --no-files --arguments '(__ferry_complete)'
end
