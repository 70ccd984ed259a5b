using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;

namespace Ferry.Cli.Verbs;

internal enum ExitCode
{
    Success = 0,
    Failure = 1,

    /// <summary>A build ran into its time limit, as stock's commands report it.</summary>
    TimedOut = 101,
}

/// <summary>One command. It parses, calls library operations and prints; anything longer belongs to a library.</summary>
internal abstract class Verb
{
    /// <summary>The words that call it, such as <c>store add</c> or <c>nix-build</c>.</summary>
    public abstract string Path { get; }

    public abstract string Summary { get; }

    /// <summary>What stands after the options in the usage line.</summary>
    public virtual string Operands => "";

    /// <summary>How operands that are installables are read; null when there are none.</summary>
    public virtual InstallableOptions? Installables => null;

    /// <summary>True when everything after the first operand is for a program that the verb starts.</summary>
    public virtual bool PassesArgumentsOn => false;

    /// <summary>Adds the verb's own options; those that all verbs share are there already.</summary>
    public virtual void Declare(OptionTable options, SessionOptions shared) { }

    /// <summary>The words to parse in place of those that were given; after <see cref="Declare"/>.</summary>
    public virtual IReadOnlyList<string> Expand(
        IReadOnlyList<string> words,
        SessionOptions options
    ) => words;

    public abstract ExitCode Run(Session session, IReadOnlyList<string> operands);
}
