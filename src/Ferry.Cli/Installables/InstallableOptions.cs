using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Verbs;
using Ferry.Flakes.References;
using Ferry.Formats.StorePaths;
using Ferry.Store.Building;

namespace Ferry.Cli.Installables;

/// <summary>The options and operands by which a command is told what to work on.</summary>
internal sealed class InstallableOptions
{
    // As the kernel: more links than that lead in a circle.
    private const int LinksMax = 40;

    private readonly ExpressionOptions _expression = new();
    private readonly FlakeOptions _flakes = new();
    private bool _readsOperands;

    public ExpressionOptions Expression => _expression;

    public FlakeOptions Flakes => _flakes;

    /// <summary>Where flakes have what the command works on.</summary>
    public AttributePlaces Places { get; init; } = AttributePlaces.Packages;

    /// <summary>A package means its derivation, where a command asks for one path.</summary>
    public bool TakesDerivations { get; set; }

    public void Declare(OptionTable options, SessionOptions shared)
    {
        _expression.Declare(options, shared);
        _flakes.Declare(options);
    }

    /// <summary>For commands that take several: operands come from standard input.</summary>
    public void DeclareStandardInput(OptionTable options) =>
        options.Switch(
            "--stdin",
            "read operands from standard input, one a line",
            () => _readsOperands = true
        );

    /// <param name="session">Whose working directory relative names start from.</param>
    /// <param name="operands">As typed; without any, the default of the flake here or the whole expression.</param>
    public IReadOnlyList<Installable> Parse(Session session, IReadOnlyList<string> operands)
    {
        var settings = session.Settings;
        if (
            _expression.File is not null
            && settings.IsSet("pure-eval")
            && settings.Switch("pure-eval")
        )
            throw session.Usage("'--file' is not compatible with '--pure-eval'");
        if (_readsOperands)
            return [.. operands.Concat(Lines()).Select(text => Parse(session, text))];
        IReadOnlyList<string> texts =
            operands.Count > 0 ? operands : [_expression.IsGiven ? "" : "."];
        return [.. texts.Select(text => Parse(session, text))];
    }

    private static IEnumerable<string> Lines()
    {
        while (Console.In.ReadLine() is { } line)
        {
            if (line.Length > 0)
                yield return line;
        }
    }

    private Installable Parse(Session session, string text)
    {
        if (_expression.IsGiven)
        {
            var (path, wanted) = OutputSelection.Split(text);
            return new Installable.OfExpression(path, wanted);
        }

        if (TryStorePath(session, text) is { } target)
            return new Installable.InStore(target);

        var (name, outputs) = OutputSelection.Split(text);
        var (reference, attributes) = FlakeReference.ParseWithFragment(
            name,
            session.Evaluation.Flakes.ReferenceOptions
        );
        return new Installable.OfFlake(reference, attributes, outputs, _flakes) { Places = Places };
    }

    // A path below the store, or a link such as ./result or a profile that leads there.
    private static DerivedPath? TryStorePath(Session session, string text)
    {
        if (
            !text.Contains('/')
            || text.Contains('#')
            || text.StartsWith("path:", StringComparison.Ordinal)
        )
            return null;

        var (name, _) = OutputSelection.Split(text);
        var suffix = text[name.Length..];
        var path = Path.GetFullPath(name, session.BaseFolder);
        var directory = session.Site.Directory;
        for (
            var followed = 0;
            followed < LinksMax
                && !directory.Contains(path)
                && new FileInfo(path).LinkTarget is { } link;
            followed++
        )
            path = Path.GetFullPath(link, Path.GetDirectoryName(path)!);
        return directory.Contains(path)
            ? DerivedPath.Parse(directory.Format(directory.Split(path).Path) + suffix, directory)
            : null;
    }

    /// <summary>Evaluates what must be evaluated.</summary>
    public IReadOnlyList<Target> Targets(Session session, IReadOnlyList<string> operands) =>
        [
            .. Parse(session, operands)
                .SelectMany(installable => TargetFinder.Find(session, _expression, installable)),
        ];

    /// <summary>The one path that an operand means, built if it must be.</summary>
    /// <exception cref="CommandException">It means several.</exception>
    public StorePath BuiltPath(Session session, string operand)
    {
        var targets = Targets(session, [operand]);
        if (!TakesDerivations)
            session.Builds.Build(targets, BuildMode.Normal);
        return OnlyPath(session, targets, operand);
    }

    /// <summary>The one path that an operand means, whether or not it is there.</summary>
    /// <exception cref="CommandException">It means several.</exception>
    public StorePath KnownPath(Session session, string operand) =>
        OnlyPath(session, Targets(session, [operand]), operand);

    private StorePath OnlyPath(Session session, IReadOnlyList<Target> targets, string operand)
    {
        var paths = targets
            .SelectMany(target => StorePathOptions.Paths(session, target, TakesDerivations))
            .Distinct()
            .ToList();
        return paths is [var only]
            ? only
            : throw new CommandException($"argument '{operand}' should evaluate to one store path");
    }
}
