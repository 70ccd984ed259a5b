using System.Globalization;
using Ferry.Cli.Composition;
using Ferry.Cli.Profiles;
using Ferry.Store.Profiles;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Cli.Verbs.Profiles;

internal sealed class ProfileHistoryVerb : ProfileVerb
{
    public override string Path => "profile history";

    public override string Summary => "show what every version of a profile has changed";

    protected override ExitCode Run(
        Session session,
        IReadOnlyList<string> operands,
        Profile profile
    )
    {
        session.NoOperands(operands);
        var current = profile.Current();
        (Generation Generation, ProfileManifest Manifest)? previous = null;
        foreach (var generation in profile.Generations())
        {
            if (previous is not null)
                session.Output.WriteLine();
            var manifest = ProfileManifest.Read(session, generation.Link);
            var colour = generation.Number == current ? TerminalColor.Green : TerminalColor.Bold;
            var date = DateTimeOffset
                .FromUnixTimeSeconds(generation.CreatedSeconds)
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var from = previous is { } before ? $" <- {before.Generation.Number}" : "";
            session.Output.WriteLine(
                $"Version {colour}{generation.Number}{TerminalColor.Normal} ({date}){from}:"
            );
            PrintChanges(session, previous?.Manifest ?? new ProfileManifest(), manifest);
            previous = (generation, manifest);
        }

        return ExitCode.Success;
    }

    private static void PrintChanges(Session session, ProfileManifest before, ProfileManifest after)
    {
        var hasChanges = false;
        var names = before.Elements.Keys.Union(after.Elements.Keys);
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            before.Elements.TryGetValue(name, out var old);
            after.Elements.TryGetValue(name, out var now);
            var (from, to) = (Versions(old), Versions(now));
            if (old is not null && now is not null && from == to)
                continue;
            session.Output.WriteLine($"  {(old ?? now)!.Identifier}: {from} -> {to}");
            hasChanges = true;
        }

        if (!hasChanges)
            session.Output.WriteLine("  No changes.");
    }

    private static string Versions(ProfileElement? element) =>
        ClosureDifferenceText.Versions(element?.Versions ?? []);
}
