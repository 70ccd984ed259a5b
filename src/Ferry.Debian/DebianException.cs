namespace Ferry.Debian;

/// <summary>A package, index, lock or mirror is not what it must be. The message is for the person who asked.</summary>
public sealed class DebianException : Exception
{
    public DebianException(string message)
        : base(message) { }

    public DebianException(string message, Exception inner)
        : base(message, inner) { }
}
