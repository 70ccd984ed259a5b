using Ferry.Builtins.Derivations;
using Ferry.Cli.Composition;

namespace Ferry.Cli.Profiles;

/// <summary>One evaluation for <c>nix-env</c>. What it says is kept until it has succeeded, since it may begin anew.</summary>
internal sealed class EnvironmentRun
{
    private readonly List<string> _notes = [];

    private EnvironmentRun(Session session, EvaluationSite site)
    {
        (Session, Site) = (session, site);
        Selection = new(site.System, Warn);
    }

    public Session Session { get; }

    public EvaluationSite Site { get; }

    public PackageSelection Selection { get; }

    /// <summary>Evaluates, then prints what was noted meanwhile.</summary>
    public static T Evaluate<T>(Session session, Func<EnvironmentRun, T> action)
    {
        var (result, notes) = session.Evaluation.Run(site =>
        {
            var run = new EnvironmentRun(session, site);
            return (action(run), run._notes);
        });
        foreach (var note in notes)
            session.Note(note);
        return result;
    }

    public void Note(string message) => _notes.Add(message);

    public void Warn(string message) =>
        _notes.Add(Progress.ErrorText.Warning(message, Session.UsesColour));

    /// <summary>What a profile has.</summary>
    public List<PackageInformation> Installed(string link) =>
        [
            .. InstalledPackages
                .Read(Session, Site, link)
                .Select(found => new PackageInformation(Site.Evaluator, found.Path, found.Package)),
        ];
}
