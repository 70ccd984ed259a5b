namespace Ferry.Formats.Hashing;

/// <summary>No algorithm or text form has this name. Commands count it among their own usage errors, as stock does.</summary>
public sealed class UnknownHashNameException(string message) : BadFormatException(message);
