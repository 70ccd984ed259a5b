using System.ComponentModel;
using System.Text;

namespace Ferry.Platform.Processes;

/// <summary>A program that is asked and answers over pipes, such as <c>git cat-file --batch</c>.</summary>
/// <remarks>One thread at a time talks to it. Its standard error is collected meanwhile.</remarks>
public sealed class ProcessConversation : IDisposable
{
    // A program that complains without end must not fill the memory.
    private const int ErrorLengthMax = 1 << 16;

    private readonly ChildProcess _process;
    private readonly FileStream _input;
    private readonly StringBuilder _error = new();
    private readonly Thread _errorReader;

    private ProcessConversation(
        ChildProcess process,
        FileStream input,
        Stream output,
        DescriptorStream error
    )
    {
        (_process, _input, Output) = (process, input, output);
        _errorReader = new(() => Collect(error)) { IsBackground = true };
        _errorReader.Start();
    }

    /// <summary>Its standard output.</summary>
    public Stream Output { get; }

    /// <summary>What it wrote to standard error; complete after <see cref="Finish"/>.</summary>
    public string Error
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    /// <exception cref="Win32Exception">The program could not be executed; carries errno.</exception>
    public static ProcessConversation Start(ProcessSpecification specification)
    {
        var input = Channel.Pipe();
        var output = Channel.Pipe();
        var error = Channel.Pipe();
        try
        {
            var process = ChildProcess.Start(
                specification with
                {
                    Descriptors = [(input.Reader, 0), (output.Writer, 1), (error.Writer, 2)],
                }
            );
            input.Reader.Dispose();
            output.Writer.Dispose();
            error.Writer.Dispose();
            return new(
                process,
                new FileStream(input.Writer, FileAccess.Write, bufferSize: 0),
                new BufferedStream(new DescriptorStream(output.Reader)),
                new DescriptorStream(error.Reader)
            );
        }
        catch (Win32Exception)
        {
            input.Dispose();
            output.Dispose();
            error.Dispose();
            throw;
        }
    }

    /// <summary>Asks one question.</summary>
    /// <exception cref="IOException">The program has ended.</exception>
    public void Ask(ReadOnlySpan<byte> question) => _input.Write(question);

    /// <summary>Writes everything and closes the program's input; a program that reads no more is no failure here.</summary>
    public void Send(ReadOnlyMemory<byte> everything)
    {
        try
        {
            _input.Write(everything.Span);
        }
        catch (IOException)
        {
            // Its exit code says what went wrong.
        }

        _input.Dispose();
    }

    /// <summary>Closes the input and waits for the end.</summary>
    public ProcessExit Finish()
    {
        _input.Dispose();
        var exit = _process.Wait();
        _errorReader.Join();
        return exit;
    }

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _input.Dispose();
        _process.Dispose();
        _errorReader.Join();
        Output.Dispose();
    }

    private void Collect(DescriptorStream error)
    {
        using var reader = new StreamReader(error, Encoding.UTF8);
        var buffer = new char[4096];
        int count;
        while ((count = reader.Read(buffer)) > 0)
        {
            lock (_error)
            {
                if (_error.Length < ErrorLengthMax)
                    _error.Append(buffer, 0, count);
            }
        }
    }
}
