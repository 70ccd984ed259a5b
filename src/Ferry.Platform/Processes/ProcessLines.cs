using System.ComponentModel;
using System.Text;

namespace Ferry.Platform.Processes;

/// <summary>Runs a program to its end and hands on what it prints, line by line.</summary>
public static class ProcessLines
{
    /// <summary>Blocks until the program has ended and closed its output. Its standard input is empty.</summary>
    /// <param name="specification">What to run.</param>
    /// <param name="onLine">Takes each line of standard output and standard error, in the order written.</param>
    /// <param name="cancellationToken">Kills the program and its group.</param>
    /// <exception cref="Win32Exception">The program could not be executed; carries errno.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop; the program is gone.</exception>
    public static ProcessExit Run(
        ProcessSpecification specification,
        Action<string> onLine,
        CancellationToken cancellationToken
    )
    {
        using var output = Channel.Pipe();
        using var input = File.OpenHandle("/dev/null");
        using var process = ChildProcess.Start(
            specification with
            {
                Descriptors = [(input, 0), (output.Writer, 1), (output.Writer, 2)],
            }
        );
        output.Writer.Dispose();
        using (cancellationToken.Register(process.Kill))
        using (var reader = new StreamReader(new DescriptorStream(output.Reader), Encoding.UTF8))
        {
            while (reader.ReadLine() is { } line)
                onLine(line);
        }

        var exit = process.Wait();
        cancellationToken.ThrowIfCancellationRequested();
        return exit;
    }
}
