using Ferry.Store.Building;

namespace Ferry.Build;

/// <summary>A build did not give its outputs. Never used for a bug in the builder itself.</summary>
/// <remarks>The message is stock's, without the leading <c>error: </c>; it may have several lines.</remarks>
public sealed class BuildException : Exception
{
    private BuildException(BuildStatus status, string message, Exception? inner)
        : base(message, inner) => Status = status;

    /// <summary>Never one of the successes.</summary>
    public BuildStatus Status { get; }

    /// <param name="status">Class of the failure.</param>
    /// <param name="message">As stock words it.</param>
    /// <param name="inner">What was caught, when the failure began as another one.</param>
    public static BuildException Of(BuildStatus status, string message, Exception? inner = null) =>
        new(status, message, inner);

    /// <summary>Something about the derivation itself is wrong.</summary>
    public static BuildException General(string message, Exception? inner = null) =>
        new(BuildStatus.MiscFailure, message, inner);

    /// <summary>The derivation asks for something that cannot be had here.</summary>
    public static BuildException Rejected(string message) =>
        new(BuildStatus.InputRejected, message, inner: null);

    /// <summary>An output is missing, refers to what it must not, or is part of a cycle.</summary>
    public static BuildException BadOutput(string message) =>
        new(BuildStatus.OutputRejected, message, inner: null);
}
