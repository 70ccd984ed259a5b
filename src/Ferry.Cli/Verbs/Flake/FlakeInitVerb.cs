using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Values;
using Ferry.Flakes.References;
using Ferry.Syntax.Text;

namespace Ferry.Cli.Verbs.Flake;

/// <summary><c>flake init</c> and <c>flake new</c>: files of a template, here or in a new folder.</summary>
internal sealed class FlakeInitVerb(bool isNew) : Verb
{
    private static readonly Symbol s_path = Symbols.Of("path");
    private static readonly Symbol s_welcomeText = Symbols.Of("welcomeText");

    private string _template = "templates";

    public override string Path => isNew ? "flake new" : "flake init";

    public override string Summary =>
        isNew ? "make a folder with a flake from a template" : "make a flake here from a template";

    public override string Operands => isNew ? "FOLDER" : "";

    public override void Declare(OptionTable options, SessionOptions shared) =>
        options.Value("--template -t", "FLAKE", "the template to use", text => _template = text);

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (!isNew)
            session.NoOperands(operands);
        var folder = isNew ? session.OnlyOperand(operands) : ".";
        var (source, welcome) = session.Evaluation.Run(site => Template(session, site));
        var copy = new TemplateCopy(session, session.Evaluation.Evaluator.Files);
        copy.Run(source, System.IO.Path.GetFullPath(folder, session.WorkingDirectory));
        if (welcome is not null)
            session.Note($"\n\n{welcome}");
        return copy.Conflicts == 0
            ? ExitCode.Success
            : throw new CommandException($"encountered {copy.Conflicts} conflicts - see above");
    }

    private (string Source, string? Welcome) Template(Session session, EvaluationSite site)
    {
        var (reference, fragment) = FlakeReference.ParseWithFragment(
            _template,
            site.Flakes.ReferenceOptions
        );
        var options = new FlakeOptions();
        options.KeepLockFile();
        var flake = new Installable.OfFlake(
            reference,
            fragment,
            new OutputSelection(null, IsAll: false),
            options
        )
        {
            Places = AttributePlaces.Templates,
        };
        var found = TargetFinder.FlakeAttributes(site, flake)[0];
        var forced = found.Value.Force();
        if (
            !forced.IsAttributeSet
            || PackageReader.Find(forced.AsAttributeSet, s_path) is not { } path
        )
            throw new CommandException($"template '{found.Path}' lacks attribute 'path'");
        var context = StringContext.Empty;
        var source = site.Evaluator.Coercer.ToPath(path, Position.None, ref context, "");
        var welcome = PackageReader.Find(forced.AsAttributeSet, s_welcomeText)?.Force();
        return (source, welcome is { IsString: true } text ? text.AsString.ToString() : null);
    }
}
