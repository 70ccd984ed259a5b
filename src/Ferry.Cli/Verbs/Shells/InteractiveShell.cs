using Ferry.Cli.Composition;
using Ferry.Cli.Composition.Answers;
using Ferry.Cli.Installables;
using Ferry.Flakes.References;
using Ferry.Store.Building;

namespace Ferry.Cli.Verbs.Shells;

/// <summary>The bash that a person gets. A builder's own is often made without line editing.</summary>
/// <param name="Program">A path, or <c>bash</c> for the one of the host.</param>
/// <param name="IsOfPackages">It comes from a package set, so that its folder belongs on the <c>PATH</c>.</param>
internal sealed record InteractiveShell(string Program, bool IsOfPackages)
{
    private const string Name = "bash";
    private const string Package = "bashInteractive";

    /// <summary>A sentence for a person who works in it; null where there is nothing to say.</summary>
    public string? Note { get; private init; }

    /// <summary><c>bashInteractive</c> of the package set that a flake uses; else the host's bash, else that of Ferry's set.</summary>
    /// <param name="session">Whose host.</param>
    /// <param name="installable">What the person wants a shell for.</param>
    /// <param name="variables">Of the shell, with the <c>PATH</c> to look in.</param>
    public static InteractiveShell Find(
        Session session,
        Installable installable,
        IReadOnlyDictionary<string, string> variables
    )
    {
        var reason = "no flake input 'nixpkgs' has another one";
        if (installable is Installable.OfFlake flake)
        {
            try
            {
                if (Find(session, flake) is { } target)
                    return Build(session, target, $"nixpkgs#{Package}");
            }
            catch (Exception failure)
                when (FailureReport.Knows(failure) && failure is not OperationCanceledException)
            {
                session.Interruption.ThrowIfCancellationRequested();
                session.Warn($"package 'nixpkgs#{Package}' cannot be used: {failure.Message}");
            }
        }

        return OfHost(session, variables, reason);
    }

    /// <summary>The host's bash, else that of Ferry's set.</summary>
    /// <param name="session">Whose host.</param>
    /// <param name="variables">Of the shell, with the <c>PATH</c> to look in.</param>
    /// <param name="reason">Why there is no other, for the person.</param>
    public static InteractiveShell OfHost(
        Session session,
        IReadOnlyDictionary<string, string> variables,
        string reason
    )
    {
        if (session.Programs.Find(Name, variables) is not null)
            return new(Name, IsOfPackages: false)
            {
                Note = $"using bash from your environment, since {reason}",
            };

        session.Note($"using bash from Ferry's packages, since there is none here and {reason}");
        var set = FlakeReference.Parse(FlakeReference.PackageSetId, new FlakeReferenceOptions());
        var own = new Installable.OfFlake(set, Name, OutputSelection.Default, new FlakeOptions());
        return Build(
            session,
            TargetFinder.Find(session, new ExpressionOptions(), own).First(),
            $"{FlakeReference.PackageSetId}#{Name}"
        );
    }

    private static Target? Find(Session session, Installable.OfFlake flake) =>
        session.Answers.Ask(
            AnswerQuestion.Of(session, flake, "interactive shell"),
            AnswerForms.Optional(Target.Form),
            site => TargetIn(site, flake)
        );

    // The set that the flake was given, so that its options, overrides and folders count.
    private static Target? TargetIn(EvaluationSite site, Installable.OfFlake flake)
    {
        var value = site.Flakes.Call(flake.Reference, site.Flakes.LockOptionsOf(flake.Options));
        var packages = flake.Reference.IsPackageSet
            ? value
            : EvaluationSite.TrySelect(value, "inputs.nixpkgs", []);
        if (packages is not { } set)
            return null;
        var found = AttributePlaces
            .Packages.Candidates(site.System, Package)
            .Select(path => EvaluationSite.TrySelect(set, $"outputs.{path}", []))
            .FirstOrDefault(value => value is not null);
        return found?.Force() is { } package && PackageReader.IsDerivation(package)
            ? PackageReader.Read(site.Evaluator, package.AsAttributeSet, OutputSelection.Default)
            : null;
    }

    private static InteractiveShell Build(Session session, Target target, string what)
    {
        var results = session.Builds.Build([target], BuildMode.Normal);
        var programs = results
            .SelectMany(ResultLinks.PathsOf)
            .Select(path => $"{session.Store.Directory.Format(path)}/bin/{Name}");
        return programs.FirstOrDefault(path => session.Files.Follow(path) is not null) is { } found
            ? new(found, IsOfPackages: true)
            : throw new CommandException($"package '{what}' does not provide a 'bin/{Name}'");
    }
}
