using System.Text.RegularExpressions;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Composition.Answers;
using Ferry.Cli.Installables;
using Ferry.Cli.Progress;
using Ferry.Formats.Json;

namespace Ferry.Cli.Verbs.Flake;

internal sealed class SearchVerb : Verb
{
    private readonly InstallableOptions _installables = new()
    {
        Places = AttributePlaces.PackageSets,
    };

    private readonly List<string> _excluded = [];
    private bool _isJson;

    public override string Path => "search";

    public override string Summary => "search for packages by name and description";

    public override string Operands => "INSTALLABLE REGEX...";

    public override InstallableOptions Installables => _installables;

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _installables.Declare(options, shared);
        options.Value("--exclude -e", "REGEX", "hide packages that match this", _excluded.Add);
        options.Switch("--json", "print JSON", () => _isJson = true);
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (operands.Count < 2)
            throw session.Usage(
                "Must provide at least one regex! To match all packages, use 'nix search <installable> ^'."
            );
        session.Evaluation.IsReadOnly = true;
        if (!session.Settings.IsSet("allow-import-from-derivation"))
            session.Settings.Set("allow-import-from-derivation", "false", "search");
        var search = new PackageMatcher(
            [.. operands.Skip(1).Select(Compile)],
            [.. _excluded.Select(Compile)]
        );
        var installable = _installables.Parse(session, [operands[0]])[0];
        var text = session.Answers.Ask(
            Question(session, installable, operands),
            AnswerForms.Text,
            site =>
                Show(
                    new PackageWalk(session, site, search).Find(
                        installable,
                        _installables.Expression
                    )
                )
        );
        session.EndProgress();
        if (text.Length == 0)
            throw new CommandException("no results for the given search term(s)!");
        session.Output.Write(text);
        return ExitCode.Success;
    }

    private AnswerQuestion? Question(
        Session session,
        Installable installable,
        IReadOnlyList<string> operands
    ) =>
        installable is Installable.OfFlake flake
            ? AnswerQuestion.Of(
                session,
                flake,
                [
                    "search",
                    $"{_isJson} {Console.IsOutputRedirected} {Terminal.IsInteractive(session.Options.Environment)}",
                    $"{operands.Count}",
                    .. operands.Skip(1),
                    .. _excluded,
                ]
            )
            : null;

    private string Show(IReadOnlyList<PackageMatch> matches) =>
        _isJson ? Json(matches) + "\n" : string.Join('\n', matches.Select(match => match.Text()));

    private static Regex Compile(string text)
    {
        try
        {
            // Linear in the text, whatever the expression.
            return new Regex(
                text,
                RegexOptions.IgnoreCase
                    | RegexOptions.CultureInvariant
                    | RegexOptions.NonBacktracking
            );
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            throw new CommandException($"'{text}' is not a regular expression: {failure.Message}");
        }
    }

    private static string Json(IEnumerable<PackageMatch> matches)
    {
        var json = new JsonWriter(isIndented: !Console.IsOutputRedirected);
        json.StartObject();
        foreach (var match in matches.OrderBy(match => match.Path, StringComparer.Ordinal))
        {
            json.Name(match.Path);
            json.StartObject();
            json.Member("description", match.Description);
            json.Member("pname", match.Name);
            json.Member("version", match.Version);
            json.EndObject();
        }

        json.EndObject();
        return json.ToString();
    }
}
