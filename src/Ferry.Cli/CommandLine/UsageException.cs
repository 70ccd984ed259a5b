namespace Ferry.Cli.CommandLine;

/// <summary>The command line is wrong.</summary>
internal sealed class UsageException : Exception
{
    private UsageException(string message, string program)
        : base(message) => Program = program;

    /// <summary>Whose help text explains it.</summary>
    public string Program { get; }

    public static UsageException UnknownOption(string program, string option, string? near) =>
        new($"unrecognised flag '{option}'{Hint(near)}", program);

    public static UsageException UnknownCommand(string program, string command, string? near) =>
        new($"'{command}' is not a recognised command{Hint(near)}", program);

    public static UsageException MissingArgument(
        string program,
        string option,
        int wanted,
        int given
    ) =>
        new(
            $"flag '{option}' requires {wanted} argument(s){(given == 0 ? "" : $", but only {given} were given")}",
            program
        );

    public static UsageException Because(string program, string message) => new(message, program);

    private static string Hint(string? near) => near is null ? "" : $"\nDid you mean {near}?";
}
