namespace Ferry.Fetching;

/// <summary>A source cannot be fetched, or is not what it should be.</summary>
/// <remarks>Traces are added by exception filters, innermost first, as with evaluation errors.</remarks>
public sealed class FetchException : Exception
{
    /// <summary>What stock exits with when a hash is not the expected one.</summary>
    public const int HashMismatchStatus = 102;

    private readonly List<string> _traces = [];

    public FetchException(string message)
        : base(message) { }

    public FetchException(string message, Exception? inner)
        : base(message, inner) { }

    /// <summary>What was being done, innermost first.</summary>
    public IReadOnlyList<string> Traces => _traces;

    /// <summary>True when contents were other than their hash said.</summary>
    public bool IsHashMismatch { get; init; }

    public static FetchException HashMismatch(string message) =>
        new(message) { IsHashMismatch = true };

    /// <returns>False, for use in an exception filter.</returns>
    public bool AddTrace(string trace)
    {
        _traces.Add(trace);
        return false;
    }
}
