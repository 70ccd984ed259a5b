using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Flakes.Evaluation;

namespace Ferry.Cli.Verbs.Flake;

internal sealed class FlakeShowVerb : FlakeVerb
{
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
        var text = session.Evaluation.Run(site =>
        {
            var locked = Lock(site, reference);
            var flake = new FlakeCaller(site.Evaluator).Call(locked);
            _outline.System = site.System;
            _outline.UsesColour = session.UsesColour && !Console.IsOutputRedirected;
            _outline.Warn = session.Warn;
            var outline = new FlakeOutline(_outline);
            return _isJson
                ? outline.Json(flake)
                : outline.Text(flake, Bold(session, locked.Flake.Locked.ToString()));
        });
        session.EndProgress();
        session.Output.Write(text);
        return ExitCode.Success;
    }
}
