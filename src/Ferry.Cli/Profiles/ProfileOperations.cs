using System.Globalization;
using Ferry.Cli.Composition;
using Ferry.Cli.Verbs;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Profiles;

/// <summary>What <c>nix-env</c> does with the generations of a profile.</summary>
/// <param name="isDryRun">Asked when an operation runs.</param>
internal sealed class ProfileOperations(Func<bool> isDryRun)
{
    /// <summary>Lets the link in the home folder lead to another profile.</summary>
    public static ExitCode SwitchProfile(
        Session session,
        Profile profile,
        IReadOnlyList<string> operands
    )
    {
        if (operands is not [var operand])
            throw session.Usage("exactly one argument expected");
        Profile.ReplaceLink(
            new ProfilePlaces(session).HomeLink,
            Path.GetFullPath(operand, session.WorkingDirectory)
        );
        return ExitCode.Success;
    }

    public ExitCode Switch(Session session, Profile profile, IReadOnlyList<string> operands)
    {
        if (operands is not [var operand])
            throw session.Usage("exactly one argument expected");
        var number = Number(operand) ?? throw session.Usage("expected a generation number");
        History(session, profile).Switch(number);
        return ExitCode.Success;
    }

    public ExitCode RollBack(Session session, Profile profile, IReadOnlyList<string> operands)
    {
        RequireNone(session, operands);
        History(session, profile).Switch(null);
        return ExitCode.Success;
    }

    public static ExitCode List(Session session, Profile profile, IReadOnlyList<string> operands)
    {
        RequireNone(session, operands);
        using var held = profile.Lock(session.Note);
        var current = profile.Current();
        foreach (var generation in profile.Generations())
        {
            var time = DateTimeOffset
                .FromUnixTimeSeconds(generation.CreatedSeconds)
                .ToLocalTime()
                .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            var mark = generation.Number == current ? "(current)" : "";
            session.Output.WriteLine($"{generation.Number, 4}   {time}   {mark}");
        }

        return ExitCode.Success;
    }

    public ExitCode Delete(Session session, Profile profile, IReadOnlyList<string> operands)
    {
        var history = History(session, profile);
        switch (operands)
        {
            case ["old"]:
                history.DeleteOthers();
                break;
            case [var age] when age.Contains('d'):
                history.DeleteOlderThan(AgeText.Parse(session, age));
                break;
            case ["+"]:
                throw new CommandException("invalid number of generations '+'");
            case [var count] when count.Contains('+'):
                history.DeleteAllBut(
                    Number(count[1..])
                        ?? throw new CommandException(
                            $"invalid number of generations to keep '{count}'"
                        )
                );
                break;
            default:
                history.Delete(
                    operands
                        .Select(text =>
                            Number(text)
                            ?? throw session.Usage($"invalid generation number '{text}'")
                        )
                        .ToHashSet()
                );
                break;
        }

        return ExitCode.Success;
    }

    private ProfileHistory History(Session session, Profile profile) =>
        new(profile, session.Note, isDryRun());

    private static void RequireNone(Session session, IReadOnlyList<string> operands)
    {
        if (operands.Count > 0)
            throw session.Usage("no arguments expected");
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
