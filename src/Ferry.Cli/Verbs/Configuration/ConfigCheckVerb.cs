using Ferry.Cli.Composition;

namespace Ferry.Cli.Verbs.Configuration;

/// <summary>Looks for what commonly goes wrong with an installation, on standard error.</summary>
internal sealed class ConfigCheckVerb : Verb
{
    // Where what was found wrong is all there is to report.
    private const ExitCode SomethingIsWrong = (ExitCode)2;

    private bool _failed;

    public override string Path => "config check";

    public override string Summary => "check this machine for what commonly goes wrong";

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        session.NoOperands(operands);
        var store = session.Site.Location.Description;
        session.Note($"Running checks against store uri: {store}");
        CheckPrograms(session);
        CheckProfiles(session);
        Report(session, "32", "PASS", "Client protocol matches store protocol.");
        Report(session, "34", "INFO", $"You are trusted by store uri: {store}");
        return _failed ? SomethingIsWrong : ExitCode.Success;
    }

    // Two installations beside each other answer by turns, depending on the PATH.
    private void CheckPrograms(Session session)
    {
        var folders = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var folder in SearchPath(session))
        {
            var program = new FileInfo(System.IO.Path.Combine(folder, "nix-env"));
            if (program.Exists)
                folders.Add(
                    System.IO.Path.GetDirectoryName(
                        program.ResolveLinkTarget(returnFinalTarget: true)?.FullName
                            ?? program.FullName
                    )!
                );
        }

        if (folders.Count == 0)
            Fail(session, "No nix-env found in PATH.");
        else if (folders.Count > 1)
            Fail(session, "Multiple versions of nix found in PATH:\n" + Lines(folders));
        else
            Report(session, "32", "PASS", "PATH contains only one nix version.");
    }

    // What a profile outside the state folder holds is no root for the collector.
    private void CheckProfiles(Session session)
    {
        var stray = SearchPath(session).Where(folder => IsStrayProfile(session, folder)).ToList();
        if (stray.Count == 0)
        {
            Report(session, "32", "PASS", "All profiles are gcroots.");
            return;
        }

        Fail(
            session,
            $"Found profiles outside of {session.Site.Location.StateDirectory}/profiles.\n"
                + "The generation this profile points to might not have a gcroot and could be\n"
                + "garbage collected, resulting in broken symlinks.\n\n"
                + Lines(stray)
        );
    }

    private static bool IsStrayProfile(Session session, string folder)
    {
        if (System.IO.Path.GetDirectoryName(folder) is not { } profile)
            return false;
        for (var steps = 0; steps < 40 && new FileInfo(profile).LinkTarget is { } target; steps++)
        {
            if (profile.Split('/').Contains("profiles"))
                return false;
            profile = System.IO.Path.GetFullPath(target, System.IO.Path.GetDirectoryName(profile)!);
        }

        return session.Site.Directory.Contains(profile)
            && profile.EndsWith("user-environment", StringComparison.Ordinal);
    }

    private static IEnumerable<string> SearchPath(Session session) =>
        (session.Options.Environment.Variable("PATH") ?? "")
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => System.IO.Path.GetFullPath(folder, session.WorkingDirectory))
            .Distinct(StringComparer.Ordinal);

    private static string Lines(IEnumerable<string> folders) =>
        string.Concat(folders.Select(folder => $"  {folder}\n"));

    private void Fail(Session session, string message)
    {
        _failed = true;
        Report(session, "31", "FAIL", message);
    }

    private static void Report(Session session, string colour, string verdict, string message) =>
        session.Note(
            session.UsesColour
                ? $"\e[{colour};1m[{verdict}] \e[0m{message}"
                : $"[{verdict}] {message}"
        );
}
