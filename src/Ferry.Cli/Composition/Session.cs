using Ferry.Build.Logs;
using Ferry.Cli.Progress;
using Ferry.Cli.Settings;
using Ferry.Store;
using Ferry.Store.Building;

namespace Ferry.Cli.Composition;

/// <summary>One command's run: what it prints to, and the rooms it needs, each made when it is first asked for.</summary>
internal sealed class Session : IDisposable
{
    private readonly Lazy<StoreSite> _site;
    private readonly Lazy<BuildSite> _builds;
    private readonly Lazy<EvaluationSite> _evaluation;
    private readonly Lazy<DebianSite> _debian;
    private readonly Stream _standardOutput;
    private TerminalProgress? _terminal;
    private bool _isDisposed;

    public Session(SessionOptions options)
    {
        Options = options;
        UsesColour = Terminal.UsesColour(options.Environment);
        _standardOutput = Console.OpenStandardOutput();
        Output = new StreamWriter(_standardOutput, bufferSize: 1 << 16) { NewLine = "\n" };
        _site = new(() => StoreSite.Open(options));
        _builds = new(() => new BuildSite(this));
        _evaluation = new(() => new EvaluationSite(this));
        _debian = new(() => new DebianSite(this));
    }

    public SessionOptions Options { get; }

    public SettingStore Settings => Options.Settings;

    public bool UsesColour { get; }

    /// <summary>Absolute.</summary>
    public string WorkingDirectory => Options.Environment.WorkingDirectory;

    /// <summary>Standard output, buffered; flushed at the end.</summary>
    public TextWriter Output { get; }

    public StoreSite Site => _site.Value;

    public IStore Store => _site.Value.Store;

    public BuildSite Builds => _builds.Value;

    public IBuilder Builder => _builds.Value.Builder;

    public EvaluationSite Evaluation => _evaluation.Value;

    public PackageSet PackageSet => field ??= new(Options.Environment);

    public DebianSite Debian => _debian.Value;

    /// <summary>Pins were renewed while this ran: what was evaluated before names files that are gone.</summary>
    public bool HasRenewedPins => _debian.IsValueCreated && Debian.Renewal.HasRenewed;

    /// <summary>Emulators for builds and for programs that a person starts.</summary>
    public SetEmulators Emulators => field ??= new(this);

    public ProgramRunner Programs => new(this);

    /// <summary>Bytes to standard output, in order with what <see cref="Output"/> got.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Output.Flush();
        _standardOutput.Write(bytes);
        _standardOutput.Flush();
    }

    public void WriteAll(Stream stream)
    {
        Output.Flush();
        stream.CopyTo(_standardOutput);
        _standardOutput.Flush();
    }

    /// <summary>The progress display, made once.</summary>
    public IBuildEvents Events()
    {
        var style = new ProgressOptions
        {
            PrintsBuildLogs = Options.PrintsBuildLogs,
            UsesColour = UsesColour,
            IsQuiet = Options.Verbosity == 0,
            ListsPlan = Settings.Switch("print-missing"),
        };
        if (!Terminal.IsInteractive(Options.Environment) || Options.IsPlain || style.IsQuiet)
            return new PlainProgress(Console.Error, style);
        return _terminal ??= new TerminalProgress(Console.Error, style, Terminal.Columns);
    }

    /// <summary>Takes the live lines off the terminal, before something else prints.</summary>
    public void EndProgress()
    {
        _terminal?.Dispose();
        _terminal = null;
    }

    /// <summary>A sentence for the person, on standard error.</summary>
    public void Note(string message)
    {
        if (Options.Verbosity == 0)
            return;
        if (_terminal is not null)
            _terminal.PrintAbove(message);
        else
            Console.Error.WriteLine(message);
    }

    public void Warn(string message) => Note(ErrorText.Warning(message, UsesColour));

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        EndProgress();
        Output.Flush();
        if (_builds.IsValueCreated)
            _builds.Value.Dispose();
        if (_debian.IsValueCreated)
            _debian.Value.Dispose();
        if (_site.IsValueCreated)
            _site.Value.Dispose();
    }
}
