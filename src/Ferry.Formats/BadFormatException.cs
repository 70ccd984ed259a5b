namespace Ferry.Formats;

/// <summary>Text or bytes that are not what a Nix format says they are. Never a bug of ours.</summary>
public class BadFormatException : FormatException
{
    public BadFormatException(string message)
        : base(message) { }

    public BadFormatException(string message, Exception inner)
        : base(message, inner) { }
}
