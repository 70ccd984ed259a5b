using Ferry.Cli.Composition;
using Ferry.Cli.Profiles;
using Ferry.Store;
using Ferry.Store.Closures;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Verbs.Profiles;

internal sealed class ProfileDiffClosuresVerb : ProfileVerb
{
    public override string Path => "profile diff-closures";

    public override string Summary => "show how closures differ between the versions of a profile";

    protected override ExitCode Run(
        Session session,
        IReadOnlyList<string> operands,
        Profile profile
    )
    {
        session.NoOperands(operands);
        var generations = profile.Generations();
        for (var index = 1; index < generations.Count; index++)
        {
            var (before, after) = (generations[index - 1], generations[index]);
            if (index > 1)
                session.Output.WriteLine();
            session.Output.WriteLine($"Version {before.Number} -> {after.Number}:");
            var differences = ClosureDifference.Between(
                session.Store,
                session.Store.FollowLinks(before.Link),
                session.Store.FollowLinks(after.Link)
            );
            foreach (var difference in differences)
                session.Output.WriteLine($"  {ClosureDifferenceText.Of(difference)}");
        }

        return ExitCode.Success;
    }
}
