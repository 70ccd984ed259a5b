using Ferry.Cli.Composition;
using Ferry.Evaluation;
using Ferry.Flakes.Locks;

namespace Ferry.Cli.Verbs.Flake;

internal sealed class FlakePrefetchInputsVerb : FlakeVerb
{
    public override string Path => "flake prefetch-inputs";

    public override string Summary => "fetch the inputs of a flake into the store";

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var reference = Reference(session, operands);
        var hasFailed = session.Evaluation.Run(site =>
        {
            var visited = new HashSet<LockNode>(ReferenceEqualityComparer.Instance);
            return !Visit(session, site, Lock(site, reference).LockFile.Root, visited);
        });
        return hasFailed ? ExitCode.Failure : ExitCode.Success;
    }

    // One input that is not to be had does not keep the others away.
    private static bool Visit(
        Session session,
        EvaluationSite site,
        LockNode node,
        HashSet<LockNode> visited
    )
    {
        if (!visited.Add(node))
            return true;
        var succeeded = true;
        if (node is LockedNode locked && locked.Locked.Input.RelativePath is null)
        {
            session.Note($"fetching '{locked.Locked}'...");
            try
            {
                site.AddSource(locked.Locked.Input);
            }
            catch (EvaluationException failure)
            {
                session.ReportFailure(failure);
                succeeded = false;
            }
        }

        foreach (var (_, edge) in node.Inputs)
        {
            if (edge is LockEdge.To to)
                succeeded &= Visit(session, site, to.Node, visited);
        }

        return succeeded;
    }
}
