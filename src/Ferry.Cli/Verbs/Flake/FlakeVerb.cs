using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Flakes.Locking;
using Ferry.Flakes.References;

namespace Ferry.Cli.Verbs.Flake;

/// <summary>A command about one flake as a whole.</summary>
internal abstract class FlakeVerb : Verb
{
    protected FlakeOptions Flakes { get; } = new();

    public override string Operands => "FLAKE";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        Flakes.Declare(options);
        shared.DeclareDebugger(options);
    }

    /// <summary>The flake that the operand names, the one here without any.</summary>
    protected static FlakeReference Reference(Session session, IReadOnlyList<string> operands)
    {
        if (operands.Count > 1)
            throw session.Usage($"unexpected argument '{operands[1]}'");
        return Reference(session, operands.Count == 0 ? "." : operands[0]);
    }

    protected static FlakeReference Reference(Session session, string text) =>
        FlakeReference.Parse(text, session.Evaluation.Flakes.ReferenceOptions);

    /// <summary>On the evaluation thread.</summary>
    protected LockedFlake Lock(EvaluationSite site, FlakeReference reference) =>
        site.Flakes.Lock(reference, site.Flakes.LockOptionsOf(Flakes));

    protected static string Bold(Session session, string text) =>
        session.UsesColour && !Console.IsOutputRedirected ? $"\e[1m{text}\e[0m" : text;
}
