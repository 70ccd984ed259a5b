namespace Ferry.Formats.Urls;

/// <summary>A text is no URL, or none of the kind that was expected. Whoever guesses at a text's meaning tries the next one.</summary>
public sealed class BadUrlException(string message) : BadFormatException(message);
