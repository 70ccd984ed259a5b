namespace Ferry.Cli.Verbs;

/// <summary>A command cannot do what it was asked for. The message is printed after <c>error: </c>.</summary>
internal sealed class CommandException(string message) : Exception(message);
