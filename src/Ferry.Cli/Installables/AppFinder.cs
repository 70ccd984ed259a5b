using Ferry.Cli.Composition;
using Ferry.Cli.Composition.Answers;
using Ferry.Cli.Verbs;
using Ferry.Evaluation.Coercion;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Store.Building;
using Ferry.Syntax.Text;

namespace Ferry.Cli.Installables;

/// <summary>A program in the store, and what must be built before it is there.</summary>
/// <param name="Needs">What to build.</param>
/// <param name="Program">Its path, below the logical store.</param>
internal sealed record App(IReadOnlyList<Target> Needs, string Program)
{
    /// <summary>Makes the program be there.</summary>
    public IReadOnlyList<BuildResult> Build(Session session)
    {
        var results = session.Builds.Build(Needs, BuildMode.Normal);
        session.EndProgress();
        session.Output.Flush();
        return results;
    }
}

/// <summary>Reads a flake's apps: sets with <c>type = "app"</c> and a <c>program</c>.</summary>
internal static class AppFinder
{
    private static readonly Symbol s_type = Symbols.Of("type");
    private static readonly Symbol s_program = Symbols.Of("program");
    private static readonly AnswerForm<App?> s_form = AnswerForms.Optional(
        new AnswerForm<App>(
            (writer, app) =>
            {
                AnswerForms.List(Target.Form).Write(writer, app.Needs);
                writer.Write(app.Program);
            },
            reader => new(AnswerForms.List(Target.Form).Read(reader), reader.ReadString())
        )
    );

    private static readonly string[] s_roots = ["apps.", "defaultApp."];

    /// <returns>Null when the operand means a package.</returns>
    /// <exception cref="CommandException">The flake has something else where an app or a package should be.</exception>
    public static App? TryFind(Session session, Installable installable) =>
        installable is Installable.OfFlake flake
            ? session.Answers.Ask(
                AnswerQuestion.Of(session, flake, "app"),
                s_form,
                site => Read(site, TargetFinder.FlakeAttributes(site, flake)[0])
            )
            : null;

    /// <summary>The main program of a package.</summary>
    public static App OfPackage(Session session, Target target)
    {
        if (target is not { Path: DerivedPath.Built built, MainOutput: { } output })
            throw new CommandException("this command needs a package that can be built");
        var main = target with { Path = built with { OutputNames = [output] } };
        var package = main.OutputPaths(session.Store).Values.Single();
        return new(
            [main],
            $"{session.Store.Directory.Format(package)}/bin/{target.MainProgram ?? package.Name}"
        );
    }

    private static App? Read(EvaluationSite site, FoundAttribute found)
    {
        var mustBeApp = s_roots.Any(root => found.Path.StartsWith(root, StringComparison.Ordinal));
        var forced = found.Value.Force();
        var type =
            forced.IsAttributeSet
            && PackageReader.Find(forced.AsAttributeSet, s_type)?.Force() is { IsString: true } text
                ? text.AsString.ToString()
                : null;
        if (mustBeApp && type != "app")
            throw new CommandException($"attribute '{found.Path}' should have type 'app'");
        if (type != "app")
            return null;
        if (!mustBeApp)
            throw new CommandException($"attribute '{found.Path}' should have type 'derivation'");
        return Read(site, forced.AsAttributeSet, found.Path);
    }

    private static App Read(EvaluationSite site, AttributeSet set, string path)
    {
        var value =
            PackageReader.Find(set, s_program)
            ?? throw new CommandException($"app '{path}' lacks attribute 'program'");
        var program = site.Evaluator.Coercer.ToString(
            value,
            Position.None,
            "while evaluating the program of an app",
            StringCoercion.Default
        );
        var text = program.ToString();
        if (!site.Evaluator.Store.Directory.Contains(text))
            throw new CommandException($"app program '{text}' is not in the Nix store");
        site.Keep(program.Context.Elements.Select(element => element.Path));
        return new([.. program.Context.Elements.Select(TargetOf)], text);
    }

    private static Target TargetOf(ContextElement element) =>
        element.Kind switch
        {
            ContextElementKind.Built => Target.Built(element.Path, [element.Output]),
            ContextElementKind.DerivationDeep => Target.Built(element.Path, outputs: null),
            _ => new(new DerivedPath.Opaque(element.Path)),
        };
}
