using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Composition.Answers;
using Ferry.Cli.Installables;
using Ferry.Flakes.Evaluation;
using Ferry.Flakes.References;

namespace Ferry.Cli.Verbs.Flake;

internal sealed class FlakeShowVerb : FlakeVerb
{
    // Stands for the title in what is remembered; no flake has it in a name.
    private const string TitleMark = "\0";

    private readonly OutlineOptions _outline = new();
    private bool _isJson;

    public override string Path => "flake show";

    public override string Summary => "show what a flake gives to others";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        base.Declare(options, shared);
        options.Switch("--json", "print JSON", () => _isJson = true);
        options.Switch("--legacy", "show legacyPackages too", () => _outline.ShowsLegacy = true);
        options.Switch(
            "--all-systems",
            "show what is for other systems too",
            () => _outline.ShowsAllSystems = true
        );
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (!session.Settings.IsSet("allow-import-from-derivation"))
            session.Settings.Set("allow-import-from-derivation", "false", "flake show");
        var reference = Reference(session, operands);
        var text = session.Answers.Ask(
            Question(session, reference),
            AnswerForms.Text,
            site => Show(session, site, reference)
        );
        session.EndProgress();
        // Where the flake is changes with each commit, and what it gives does not.
        session.Output.Write(
            text.Contains(TitleMark)
                ? text.Replace(
                    TitleMark,
                    Bold(session, session.Evaluation.Flakes.LiveReference(reference) ?? "")
                )
                : text
        );
        return ExitCode.Success;
    }

    private AnswerQuestion? Question(Session session, FlakeReference reference) =>
        AnswerQuestion.Of(
            session,
            new Installable.OfFlake(reference, "", OutputSelection.Default, Flakes),
            "show",
            $"{_isJson} {_outline.ShowsLegacy} {_outline.ShowsAllSystems} {Console.IsOutputRedirected}"
        );

    private string Show(Session session, EvaluationSite site, FlakeReference reference)
    {
        var locked = Lock(site, reference);
        var flake = new FlakeCaller(site.Evaluator).Call(locked);
        _outline.System = site.System;
        _outline.UsesColour = session.UsesColour && !Console.IsOutputRedirected;
        _outline.Warn = session.Warn;
        var outline = new FlakeOutline(_outline);
        if (_isJson)
            return outline.Json(flake);
        var title = locked.Flake.Locked.ToString();
        return outline.Text(
            flake,
            site.Flakes.LiveReference(reference) == title ? TitleMark : Bold(session, title)
        );
    }
}
