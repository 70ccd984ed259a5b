using Ferry.Builtins;
using Ferry.Cli.Composition;
using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;

namespace Ferry.Cli.Installables;

/// <summary>Checks of single outputs. A failure ends everything, unless the person wants to see all of them.</summary>
internal sealed class FlakeItemChecks(Session session, EvaluationSite site)
{
    private static readonly HashSet<string> s_appAttributes = ["type", "program", "meta"];
    private static readonly HashSet<string> s_templateAttributes =
    [
        "path",
        "description",
        "welcomeText",
    ];

    public bool HasErrors { get; private set; }

    /// <param name="position">Of what is checked.</param>
    /// <param name="trace">What is being done.</param>
    /// <param name="check">May fail.</param>
    public void Try(Position position, string? trace, Action check)
    {
        try
        {
            check();
        }
        catch (EvaluationException failure)
            when ((trace is not null && failure.AddTrace(position, Hint.FromString(trace)))
                || session.Settings.Switch("keep-going")
            )
        {
            session.ReportFailure(failure);
            HasErrors = true;
        }
    }

    /// <returns>The derivation; null when it is none and checking goes on.</returns>
    public AttributeSet? Derivation(string path, Value value, Position position)
    {
        AttributeSet? found = null;
        Try(
            position,
            $"while checking the derivation '{path}'",
            () =>
            {
                if (!PackageReader.IsDerivation(value.Force()))
                    throw EvaluationException.Failed(
                        $"flake attribute '{path}' is not a derivation"
                    );
                var set = value.Force().AsAttributeSet;
                _ = PackageReader.DerivationPath(site.Evaluator, set);
                found = set;
            }
        );
        return found;
    }

    public void App(string path, Value value, Position position) =>
        Try(
            position,
            $"while checking the app definition '{path}'",
            () =>
            {
                RequireMember(value, "type", $"app '{path}'");
                RequireMember(value, "program", $"app '{path}'");
                if (Find(value, "meta") is not { } meta)
                    session.Warn($"app '{path}' lacks attribute 'meta'");
                else if (Find(meta, "description") is null)
                    session.Warn($"app '{path}' lacks attribute 'meta.description'");
                RefuseOthers(value, s_appAttributes, $"app '{path}'");
            }
        );

    public void Overlay(string path, Value value, Position position) =>
        Try(
            position,
            $"while checking the overlay '{path}'",
            () =>
            {
                var forced = value.Force();
                if (!forced.IsLambda)
                    throw EvaluationException.Failed(
                        $"overlay is not a function, but {EvaluationSite.Describe(forced)} instead"
                    );
                if (!TakesFinal(forced))
                    throw EvaluationException.Failed(
                        "overlay does not take an argument named 'final'"
                    );
            }
        );

    public void Module(string path, Value value, Position position) =>
        Try(position, $"while checking the NixOS module '{path}'", () => value.Force());

    public void Configuration(string path, Value value, Position position) =>
        Try(
            position,
            $"while checking the NixOS configuration '{path}'",
            () =>
            {
                var (top, _) = Evaluator.Select(
                    value,
                    "config.system.build.toplevel",
                    AttributeSet.Empty
                );
                if (!PackageReader.IsDerivation(top.Force()))
                    throw EvaluationException.Failed(
                        "attribute 'config.system.build.toplevel' is not a derivation"
                    );
            }
        );

    public void Jobs(string path, Value value, Position position) =>
        Try(
            position,
            $"while checking the Hydra jobset '{path}'",
            () =>
            {
                if (PackageReader.IsDerivation(value.Force()))
                    throw EvaluationException.Failed(
                        "jobset should not be a derivation at top-level"
                    );
                foreach (var (name, member, at) in FlakeChecks.Members(value))
                {
                    _ = FlakeChecks.Members(member);
                    if (PackageReader.IsDerivation(member.Force()))
                        Derivation($"{path}.{name}", member, at);
                    else
                        Jobs($"{path}.{name}", member, at);
                }
            }
        );

    public void Template(string path, Value value, Position position) =>
        Try(
            position,
            $"while checking the template '{path}'",
            () =>
            {
                var source = RequireMember(value, "path", $"template '{path}'");
                var context = StringContext.Empty;
                var file = site.Evaluator.Coercer.ToPath(source, position, ref context, "");
                if (site.Evaluator.Files.Kind(file) is null)
                    throw EvaluationException.Failed(
                        $"template '{path}' refers to a non-existent path '{site.Evaluator.Files.Show(file)}'"
                    );
                RequireMember(value, "description", $"template '{path}'");
                RefuseOthers(value, s_templateAttributes, $"template '{path}'");
            }
        );

    public void Bundler(string path, Value value, Position position) =>
        Try(
            position,
            $"while checking the template '{path}'",
            () =>
            {
                if (!value.Force().IsLambda)
                    throw EvaluationException.Failed("bundler must be a function");
            }
        );

    // "final", "_final" or "_".
    private static bool TakesFinal(Value function) =>
        FunctionFormals.Of(function) is null
        && Evaluator.ArgumentName(function) is "final" or "_final" or "_";

    private static Value RequireMember(Value value, string name, string owner)
    {
        var found =
            Find(value, name)
            ?? throw EvaluationException.Failed($"{owner} lacks attribute '{name}'");
        return found.Force();
    }

    private static Value? Find(Value value, string name)
    {
        foreach (var (member, found, _) in FlakeChecks.Members(value))
        {
            if (member == name)
                return found;
        }

        return null;
    }

    private static void RefuseOthers(Value value, HashSet<string> known, string owner)
    {
        foreach (var (name, _, _) in FlakeChecks.Members(value))
        {
            if (!known.Contains(name))
                throw EvaluationException.Failed($"{owner} has unsupported attribute '{name}'");
        }
    }
}
