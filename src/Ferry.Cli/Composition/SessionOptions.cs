using Ferry.Cli.CommandLine;
using Ferry.Cli.Settings;
using Ferry.Platform.Processes;

namespace Ferry.Cli.Composition;

/// <summary>What the options shared by all verbs have set. Filled while the command line is read, then only read.</summary>
internal sealed class SessionOptions(
    ProcessEnvironment environment,
    SettingStore settings,
    Interruption interruption
)
{
    /// <summary>The verbosity of <c>--debug</c>.</summary>
    public const int DebugVerbosity = 5;

    private bool? _printsBuildLogs;
    private bool? _indentsJson;

    /// <summary>JSON for a person has lines and is indented.</summary>
    public bool IndentsJson => _indentsJson ?? !Console.IsOutputRedirected;

    public ProcessEnvironment Environment => environment;

    public SettingStore Settings => settings;

    public Interruption Interruption => interruption;

    /// <summary>This machine's system, or what a setting says it is.</summary>
    public string System => settings.Text("system") is { Length: > 0 } set ? set : Systems.Own;

    /// <summary>The name the program goes by in messages: <c>ferry</c>, <c>nix</c> or that of an old command.</summary>
    public string Program { get; set; } = "ferry";

    /// <summary>True for the commands that came with flakes, whose evaluation is pure unless told otherwise.</summary>
    public bool IsFlakeCommand { get; set; }

    /// <summary>Evaluation sees only what it is given.</summary>
    public bool IsPure =>
        settings.IsSet("pure-eval") ? settings.Switch("pure-eval") : IsFlakeCommand && !IsImpure;

    /// <summary>0 is quiet errors only, 1 the default, more with each <c>-v</c>.</summary>
    public int Verbosity { get; private set; } = 1;

    /// <summary>Show what builders print while they run: what the old commands do unless told otherwise.</summary>
    public bool PrintsBuildLogs => _printsBuildLogs ?? !IsFlakeCommand;

    /// <summary>Plain lines even on a terminal.</summary>
    public bool IsPlain { get; private set; }

    /// <summary>The short text was asked for (<c>-h</c>).</summary>
    public bool IsHelpWanted { get; private set; }

    /// <summary>The page of the manual was asked for (<c>--help</c>).</summary>
    public bool IsManualWanted { get; private set; }

    public bool IsVersionWanted { get; private set; }

    /// <summary>Evaluation may look at the machine (<c>--impure</c>).</summary>
    public bool IsImpure { get; set; }

    /// <summary>Evaluation stops at failures and breakpoints (<c>--debugger</c>).</summary>
    public bool UsesDebugger { get; private set; }

    /// <summary>Pins that have left the mirror end in an error instead of a new lock.</summary>
    public bool IsLockFixed { get; private set; }

    /// <summary>Where names and expressions of the command line start from: the folder of a script, or where the person is.</summary>
    public string BaseFolder { get; set; } = environment.WorkingDirectory;

    /// <summary>Entries of <c>-I</c>, the first one searched first.</summary>
    public List<string> SearchPath { get; } = [];

    /// <summary>What a command does on its own needs no words but errors.</summary>
    public void BeQuiet() => Verbosity = 0;

    public void Declare(OptionTable options)
    {
        options.Switch("--help", "show the manual page", () => IsManualWanted = true);
        options.Switch("-h", "show the options", () => IsHelpWanted = true);
        options.Switch("--version", "show the version", () => IsVersionWanted = true);
        options.Switch("--verbose -v", "say more; may be repeated", () => Verbosity++);
        options.Switch("--debug", "say everything", () => Verbosity = DebugVerbosity);
        options.Switch("--quiet", "say less", () => Verbosity = Math.Max(0, Verbosity - 1));
        options.Switch(
            "--print-build-logs -L",
            "show the output of builders",
            () => _printsBuildLogs = true
        );
        options.Switch(
            "--no-build-output -Q",
            "do not show the output of builders",
            () => _printsBuildLogs = false
        );
        options.Switch("--pretty", "indent JSON", () => _indentsJson = true);
        options.Switch("--no-pretty", "print JSON on one line", () => _indentsJson = false);
        options.Value(
            "--log-format",
            "FORMAT",
            "bar, bar-with-logs, raw or raw-with-logs",
            SetLogFormat
        );
        options.Switch(
            "--offline",
            "fetch nothing that is here already, and do not wait",
            StayOffline
        );
        options.Switch("--refresh", "ask servers again for what was fetched", SetRefresh);
        options.Switch("--impure", "let evaluation look at this machine", () => IsImpure = true);
        options.Switch(
            "--no-update-lock-file",
            "fail where a pinned package has left its mirror",
            () => IsLockFixed = true
        );
        options.Value(
            "--store",
            "STORE",
            "the store to use",
            text => settings.Set("store", text, "--store")
        );
        options.Value("-I --include", "PATH", "add to the search path", SearchPath.Add);
        options.Pair(
            "--option",
            "SETTING",
            "VALUE",
            "set a setting",
            (name, value) => settings.Set(name, value, "--option")
        );
        options.Value(
            "--max-jobs -j",
            "N",
            "how many builds run at once",
            text => settings.Set("max-jobs", text, "--max-jobs")
        );
        options.Switch(
            "--keep-going -k",
            "go on after a failed build",
            () => settings.Set("keep-going", "true", "-k")
        );
        options.Switch(
            "--keep-failed -K",
            "keep the folder of a failed build",
            () => settings.Set("keep-failed", "true", "-K")
        );
        foreach (var definition in SettingTable.Definitions)
            DeclareSetting(options, definition);
        foreach (var (alias, name) in SettingStore.Aliases)
        {
            if (!options.Knows("--" + alias))
                DeclareSetting(options, SettingTable.Find(name) with { Name = alias });
        }
    }

    /// <summary>For commands that evaluate.</summary>
    public void DeclareDebugger(OptionTable options) =>
        options.Switch(
            "--debugger",
            "stop where evaluation fails, and let me look around",
            () => UsesDebugger = true
        );

    // Every setting is an option as well, as with stock: --cores 2, --show-trace, --no-sandbox, --extra-platforms …
    private void DeclareSetting(OptionTable options, SettingDefinition definition)
    {
        var (name, kind, _, summary) = definition;
        if (options.Knows("--" + name))
            return;
        if (kind == SettingKind.Switch)
        {
            options.Add(Switch("--" + name, "true", summary));
            if (definition.Middle is { } middle)
                options.Add(Switch($"--{middle}-{name}", middle, $"set {name} to {middle}"));
            options.Add(Switch("--no-" + name, "false", "do not " + summary));
            return;
        }

        options.Add(Value(name, summary));
        if (kind == SettingKind.Words)
            options.Add(Value("extra-" + name, $"add to {name}"));

        Option Switch(string option, string value, string text) =>
            new([option], [], text, _ => settings.Set(name, value, "--" + name))
            {
                IsSetting = true,
            };

        Option Value(string setting, string text) =>
            new(
                ["--" + setting],
                ["VALUE"],
                text,
                arguments => settings.Set(setting, arguments[0], "--" + name)
            )
            {
                IsSetting = true,
            };
    }

    /// <summary>Asks no server for what is here already, and waits for none.</summary>
    public void StayOffline()
    {
        settings.Set("substitute", "false", "--offline");
        settings.Set("tarball-ttl", $"{int.MaxValue}", "--offline");
        settings.Set("download-attempts", "1", "--offline");
        settings.Set("connect-timeout", "1", "--offline");
    }

    private void SetRefresh()
    {
        settings.Set("tarball-ttl", "0", "--refresh");
        settings.Set("narinfo-cache-negative-ttl", "0", "--refresh");
        settings.Set("narinfo-cache-positive-ttl", "0", "--refresh");
    }

    private void SetLogFormat(string format)
    {
        IsPlain = format is "raw" or "raw-with-logs" or "internal-json";
        if (format is "bar-with-logs" or "raw-with-logs")
            _printsBuildLogs = true;
    }
}
