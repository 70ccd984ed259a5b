using System.ComponentModel;
using System.Text;

namespace Ferry.Platform.Processes;

/// <summary>What a program printed, and how it ended.</summary>
/// <param name="Exit">How it ended.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error as text.</param>
public sealed record ProcessOutput(ProcessExit Exit, byte[] Output, string Error)
{
    /// <summary>Standard output as text.</summary>
    public string Text => Encoding.UTF8.GetString(Output);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="specification">What to run.</param>
    /// <param name="input">Its standard input.</param>
    /// <param name="cancellationToken">Kills the program and its group.</param>
    /// <exception cref="Win32Exception">The program could not be executed; carries errno.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop; the program is gone.</exception>
    public static ProcessOutput Run(
        ProcessSpecification specification,
        ReadOnlyMemory<byte> input,
        CancellationToken cancellationToken
    )
    {
        using var conversation = ProcessConversation.Start(specification);
        using (cancellationToken.Register(conversation.Kill))
        {
            // A program may print before it has read everything: both pipes must move.
            var writer = new Thread(() => conversation.Send(input));
            writer.Start();
            using var output = new MemoryStream();
            conversation.Output.CopyTo(output);
            writer.Join();
            var exit = conversation.Finish();
            cancellationToken.ThrowIfCancellationRequested();
            return new(exit, output.ToArray(), conversation.Error);
        }
    }
}
