using Ferry.Cli.Composition;
using Ferry.Cli.Installables;

namespace Ferry.Cli.Verbs.Flake;

/// <summary>The formatter of the flake in the working directory: a package with a main program.</summary>
internal static class FormatterFinder
{
    /// <exception cref="CommandException">The flake has something else there.</exception>
    public static App Find(
        Session session,
        InstallableOptions installables,
        out Installable.OfFlake installable
    )
    {
        installable = (Installable.OfFlake)installables.Parse(session, ["."])[0];
        if (AppFinder.TryFind(session, installable) is { } app)
            return app;
        var target = TargetFinder.Find(session, installables.Expression, installable).First();
        return AppFinder.OfPackage(session, target);
    }
}
