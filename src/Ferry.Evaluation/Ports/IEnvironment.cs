namespace Ferry.Evaluation.Ports;

/// <summary>What of the machine a program may see when evaluation is impure.</summary>
public interface IEnvironment
{
    /// <returns>Null when the variable is not set.</returns>
    string? Variable(string name);

    /// <summary>As in <c>builtins.currentSystem</c>: <c>x86_64-linux</c>.</summary>
    string CurrentSystem { get; }

    /// <summary>Unix seconds; the same during one evaluation.</summary>
    long CurrentTime { get; }

    /// <summary>A line of <c>builtins.trace</c> or a warning, without the line end. Goes to standard error.</summary>
    void Report(ReadOnlySpan<byte> message);
}
