using Ferry.Build.Sandbox;

namespace Ferry.Cli.Settings;

/// <summary>Every setting Ferry acts on, and stock's others, which it accepts since both share one <c>nix.conf</c>.</summary>
internal static partial class SettingTable
{
    public static SettingDefinition[] Definitions { get; } = [.. Effective, .. Shared];

    private static SettingDefinition[] Effective =>
        [
            Text("store", "auto", "the store to use: auto, or the folder of a store of one's own"),
            Number("cores", 0, "how many processors one build may use; 0 means all"),
            new(
                "max-jobs",
                SettingKind.Text,
                "auto",
                "how many builds run at once; auto means one a processor"
            ),
            Number("timeout", 0, "seconds after which a build is stopped; 0 means never"),
            Number(
                "max-silent-time",
                0,
                "seconds without output after which a build is stopped; 0 means never"
            ),
            Number(
                "max-build-log-size",
                0,
                "bytes of log after which a build is stopped; 0 means no limit"
            ),
            Number("log-lines", 25, "how many lines of its log a failed build shows"),
            Switch("keep-going", false, "go on with other builds after one has failed"),
            Switch("keep-failed", false, "keep the folder of a failed build"),
            Switch("keep-build-log", true, "keep the logs of builds"),
            Switch(
                "sandbox",
                true,
                "build in a sandbox; relaxed lets derivations ask for none"
            ) with
            {
                Middle = "relaxed",
            },
            Text(
                "sandbox-build-dir",
                BuilderEnvironment.SandboxTop,
                "where builds see their folder"
            ),
            Text("build-dir", "", "where folders of builds are made, when not beside the store"),
            Text(
                "build-users-group",
                "",
                "nothing, set as such, lets root build without a sandbox as itself"
            ),
            Switch(
                "filter-syscalls",
                true,
                "refuse builds system calls that break a store's rules"
            ),
            Text("sandbox-shell", "", "the static program that builds see as /bin/sh"),
            Words(
                "sandbox-paths",
                SandboxPathText.Default,
                "what builds see of this machine: PATH or TARGET=SOURCE, with ? when it may be missing"
            ),
            Text("system", "", "the system of this machine, such as x86_64-linux"),
            Text(
                "eval-system",
                "",
                "what builtins.currentSystem says, where it is not the machine's"
            ),
            Words("extra-platforms", "", "systems that this machine runs by itself"),
            Words(
                "system-features",
                "benchmark big-parallel kvm nixos-test uid-range",
                "what requiredSystemFeatures may ask for"
            ),
            Text("debian-mirror", "", "where Debian packages come from on a machine without apt"),
            Switch("pure-eval", false, "forbid evaluation to look at anything but its inputs"),
            Switch(
                "restrict-eval",
                false,
                "allow evaluation to read only the search path and allowed-uris"
            ),
            Words("allowed-uris", "", "what restricted evaluation may fetch"),
            Words("nix-path", "", "the search path for <name>"),
            // One: what a second thread computes ahead costs more than it saves on large sets, by bench/run evaluation.
            Number("eval-cores", 1, "threads that evaluate at the same time; 0 means one a core"),
            Switch("eval-cache", true, "remember what flakes evaluate to"),
            Number("max-call-depth", 10000, "how deep function calls may nest"),
            Switch("show-trace", false, "show the whole trace of an evaluation error"),
            Text("lint-url-literals", "ignore", "URLs without quotes: ignore, warn or fatal"),
            Text(
                "lint-absolute-path-literals",
                "ignore",
                "paths from the root: ignore, warn or fatal"
            ),
            Text(
                "lint-short-path-literals",
                "ignore",
                "paths without a dot: ignore, warn or fatal"
            ),
            Switch("trace-function-calls", false, "say when each function call begins and ends"),
            Text("eval-profiler", "disabled", "profile evaluation: disabled or flamegraph"),
            Text("eval-profile-file", "nix.profile", "where the profile of evaluation is written"),
            Number(
                "eval-profiler-frequency",
                99,
                "samples a second of the profiler; 0 means at every call"
            ),
            Switch("trace-verbose", false, "let builtins.traceVerbose print"),
            Switch("abort-on-warn", false, "make builtins.warn an error"),
            Switch("debugger-on-trace", false, "let --debugger stop at builtins.trace too"),
            Switch("debugger-on-warn", false, "let --debugger stop at builtins.warn too"),
            Switch("ignore-try", false, "let --debugger pass over failures inside of tryEval"),
            Switch("allow-import-from-derivation", true, "allow evaluation to build what it reads"),
            Switch("trace-import-from-derivation", false, "warn of what evaluation builds"),
            Switch("fsync-metadata", true, "wait for the disk when the store's database changes"),
            Switch("print-missing", true, "say what will be built before building"),
            Words("experimental-features", "", "stock's switches for unfinished features"),
            Words("hashed-mirrors", "", "servers that have files by their hash"),
            Number("download-attempts", 5, "how often a download is tried"),
            Number("connect-timeout", 15, "seconds to wait for a server's first answer"),
            Number(
                "stalled-download-timeout",
                300,
                "seconds without a byte after which a download is tried again"
            ),
            Text("ssl-cert-file", "", "the certificates that HTTPS servers are checked against"),
            Text("netrc-file", "", "names and passwords for servers"),
            Words(
                "trusted-public-keys",
                "cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=",
                "whose signatures count"
            ),
            Switch("allow-dirty", true, "take working trees with uncommitted changes"),
            Switch(
                "allow-dirty-locks",
                false,
                "let lock files name trees with uncommitted changes"
            ),
            Switch("warn-dirty", true, "warn of uncommitted changes"),
            Number("tarball-ttl", 3600, "seconds for which what a server said of a source counts"),
            Words("access-tokens", "", "HOST=TOKEN for servers of sources"),
            Switch(
                "trust-tarballs-from-git-forges",
                true,
                "let a revision alone lock an archive of a forge"
            ),
            Text(
                "flake-registry",
                "https://channels.nixos.org/flake-registry.json",
                "the global registry of flakes: a URL or a path"
            ),
            Switch("use-registries", true, "look names of flakes up in registries"),
            Switch("substitute", true, "take from caches what they have"),
            Text("bash-prompt", "", "the prompt of shells of develop"),
            Text("bash-prompt-prefix", "", "stands before the prompt of shells of develop"),
            Text("bash-prompt-suffix", "", "stands after the prompt of shells of develop"),
            Switch(
                "nix-shell-always-looks-for-shell-nix",
                true,
                "prefer shell.nix to default.nix in a folder that nix-shell is given"
            ),
            Switch(
                "nix-shell-shebang-arguments-relative-to-script",
                true,
                "let expressions in a script's nix-shell lines start from the script's folder"
            ),
            Switch("accept-flake-config", false, "take settings that a flake asks for"),
            Text("commit-lock-file-summary", "", "the first line of commits of lock files"),
            Switch(
                "use-xdg-base-directories",
                false,
                "keep profiles and channels where the XDG rules say and not in the home folder itself"
            ),
            Switch("keep-outputs", false, "let the collector keep the outputs of what it keeps"),
            Switch(
                "keep-derivations",
                true,
                "let the collector keep what made the outputs it keeps"
            ),
            Switch(
                "keep-env-derivations",
                false,
                "let environments that nix-env makes keep the derivations of their packages"
            ),
        ];

    public static SettingDefinition Find(string name) =>
        Definitions.First(definition => definition.Name == name);

    private static SettingDefinition Text(string name, string value, string summary) =>
        new(name, SettingKind.Text, value, summary);

    private static SettingDefinition Words(string name, string value, string summary) =>
        new(name, SettingKind.Words, value, summary);

    private static SettingDefinition Number(string name, long value, string summary) =>
        new(name, SettingKind.Number, $"{value}", summary);

    private static SettingDefinition Switch(string name, bool value, string summary) =>
        new(name, SettingKind.Switch, value ? "true" : "false", summary);
}
