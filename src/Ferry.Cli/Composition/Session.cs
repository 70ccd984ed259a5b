using Ferry.Build.Logs;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition.Answers;
using Ferry.Cli.Progress;
using Ferry.Cli.Settings;
using Ferry.Cli.Verbs;
using Ferry.Debian.Fetching;
using Ferry.EvaluationCache.Readings;
using Ferry.Store;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Composition;

/// <summary>One command's run: what it prints to, and the rooms it needs, each made when it is first asked for.</summary>
internal sealed class Session : IDisposable
{
    private readonly Lazy<StoreSite> _site;
    private readonly Lazy<BuildSite> _builds;
    private readonly Lazy<EvaluationSite> _evaluation;
    private readonly Lazy<DebianSite> _debian;
    private readonly Lazy<FetchSite> _fetching;
    private readonly Stream _standardOutput;
    private readonly CancellationTokenSource _stop;
    private TerminalProgress? _terminal;
    private bool _hasWarnedOfMissingRoot;
    private bool _isDisposed;

    public Session(SessionOptions options)
    {
        Options = options;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(options.Interruption.Token);
        UsesColour = Terminal.UsesColour(options.Environment);
        _standardOutput = Console.OpenStandardOutput();
        Output = new StreamWriter(_standardOutput, bufferSize: 1 << 16) { NewLine = "\n" };
        _site = new(() => StoreSite.Open(options));
        _builds = new(() => new BuildSite(this));
        _evaluation = new(() => new EvaluationSite(this));
        _debian = new(() => new DebianSite(this));
        _fetching = new(() => new FetchSite(this));
    }

    public SessionOptions Options { get; }

    public SettingStore Settings => Options.Settings;

    /// <summary>
    /// Cancelled when the person, or the system, wants the command to end, and when what is being made is of no use any more.
    /// </summary>
    public CancellationToken Interruption => _stop.Token;

    public bool UsesColour { get; }

    /// <summary>Absolute.</summary>
    public string WorkingDirectory => Options.Environment.WorkingDirectory;

    /// <summary>Where relative names on the command line start; differs from the working directory for a script's.</summary>
    public string BaseFolder => Options.BaseFolder;

    /// <summary>Standard output, buffered; flushed at the end.</summary>
    public TextWriter Output { get; }

    public StoreSite Site => _site.Value;

    public IStore Store => _site.Value.Store;

    public BuildSite Builds => _builds.Value;

    public EvaluationSite Evaluation => _evaluation.Value;

    public PackageSet PackageSet => field ??= new(Options.Environment);

    public DebianSite Debian => _debian.Value;

    public FetchSite Fetching => _fetching.Value;

    public void Stop() => _stop.Cancel();

    /// <summary>What became of pins that were missed while this ran.</summary>
    public PinRenewalState PinRenewal =>
        _debian.IsValueCreated ? Debian.Renewal.State : PinRenewalState.Idle;

    /// <summary>Results of evaluating flakes, those of earlier commands included.</summary>
    public AnswerCache Answers => field ??= new(this);

    /// <summary>Takes what is said to the person while a result is found that may be used again; null at other times.</summary>
    public EvaluationReadings? Recording { get; set; }

    /// <summary>Emulators for builds and for programs that a person starts.</summary>
    public SetEmulators Emulators => field ??= new(this);

    public ProgramRunner Programs => new(this);

    /// <summary>Files as programs that a person starts see them: the host's, and the store where it should be.</summary>
    public LogicalFiles Files =>
        field ??= new(
            Site.Directory,
            path =>
                Store.RealPath(path) is var real && System.IO.Path.Exists(real)
                    ? real
                    : Site.Directory.Format(path)
        );

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
            NamesLogLines = Options.IsFlakeCommand,
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
        Recording?.AddMessage(message);
        NoteNow(message);
    }

    /// <summary>A sentence about how things are at the moment: whoever looks again says it again.</summary>
    public void NoteNow(string message)
    {
        if (Options.Verbosity == 0)
            return;
        if (_terminal is not null)
            _terminal.PrintAbove(message);
        else
            Console.Error.WriteLine(message);
    }

    /// <summary>Stock's reminder that nothing keeps a result, once a run.</summary>
    public void WarnOfMissingRoot()
    {
        if (!_hasWarnedOfMissingRoot)
            Warn(
                "you did not specify '--add-root'; the result might be removed by the garbage collector"
            );
        _hasWarnedOfMissingRoot = true;
    }

    /// <summary>The full path of a file or folder of this machine that a person named.</summary>
    /// <exception cref="CommandException">Nothing is there.</exception>
    public string ExistingPath(string name)
    {
        var path = Path.GetFullPath(name, WorkingDirectory);
        return Path.Exists(path) || new FileInfo(path).LinkTarget is not null
            ? path
            : throw new CommandException($"path '{path}' does not exist");
    }

    /// <summary>The command line is wrong in a way that only the verb could see.</summary>
    public UsageException Usage(string message) => UsageException.Because(Options.Program, message);

    /// <summary>The only operand of a verb that takes one.</summary>
    /// <exception cref="UsageException">There is none, or there are more.</exception>
    public string OnlyOperand(IReadOnlyList<string> operands) =>
        operands switch
        {
            [var only] => only,
            [] => throw Usage("more arguments are required"),
            [_, var second, ..] => throw Usage($"unexpected argument '{second}'"),
        };

    /// <exception cref="UsageException">There are operands.</exception>
    public void NoOperands(IReadOnlyList<string> operands)
    {
        if (operands.Count > 0)
            throw Usage($"unexpected argument '{operands[0]}'");
    }

    /// <summary>What is on its way from Debian besides packages, on a terminal; null when it has ended.</summary>
    public void ShowIndexProgress(IndexProgress? progress) =>
        _terminal?.ShowAside(
            progress switch
            {
                null => null,
                { Received: { } received, Expected: { } all } =>
                    $"fetching {progress.What} ({ByteText.Of(received)} of {ByteText.Of(all)})",
                { Received: { } received } => $"fetching {progress.What} ({ByteText.Of(received)})",
                _ => $"fetching {progress.What} ({progress.Percent}%)",
            }
        );

    /// <summary>Prints a failure after which the command goes on.</summary>
    public void ReportFailure(Exception failure)
    {
        EndProgress();
        FailureReport.Print(
            failure,
            Console.Error,
            new FailureStyle(
                Options.Program,
                UsesColour,
                Settings.Switch("show-trace"),
                IsClassic: false,
                Options.Interruption.ExitCode
            )
        );
    }

    public void Warn(string message) => Note(ErrorText.Warning(message, UsesColour));

    /// <summary>A warning about how things are at the moment.</summary>
    public void WarnNow(string message) => NoteNow(ErrorText.Warning(message, UsesColour));

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        EndProgress();
        Output.Flush();
        if (_evaluation.IsValueCreated)
            _evaluation.Value.Finish();
        if (_fetching.IsValueCreated)
            _fetching.Value.Dispose();
        if (_site.IsValueCreated)
            _site.Value.Dispose();
        _stop.Dispose();
    }
}
