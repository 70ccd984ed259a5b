using System.Text;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Evaluation;
using Ferry.Evaluation.Values;
using Ferry.Flakes.References;
using Ferry.Store.Building;
using Ferry.Syntax.Text;

namespace Ferry.Cli.Verbs.Flake;

/// <summary>Makes one file of a program and all it needs, by a function that a flake gives for it.</summary>
internal sealed class BundleVerb : Verb
{
    private static readonly Symbol s_name = Symbols.Of("name");

    private readonly InstallableOptions _installables = new() { Places = AttributePlaces.Programs };
    private string _bundler = "packages";
    private string? _outLink;

    public override string Path => "bundle";

    public override string Summary => "make one file of a program, to run without a store";

    public override string Operands => "INSTALLABLE";

    public override InstallableOptions Installables => _installables;

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _installables.Declare(options, shared);
        options.Value(
            "--bundler",
            "FLAKE",
            "the function that bundles, in place of the package set's",
            text => _bundler = text
        );
        options.Value(
            "--out-link -o",
            "NAME",
            "the name of the link to the result; the result's own by default",
            text => _outLink = text
        );
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (operands.Count > 1)
            session.OnlyOperand(operands);
        var (target, name) = session.Evaluation.Run(site => Bundle(session, site, operands));
        var results = session.Builds.Build([target], BuildMode.Normal);
        ResultLinks.Make(session, _outLink ?? name, results);
        // Where the store is not in its place the link leads nowhere, and a bundle is there to be copied.
        if (!session.Site.Location.IsInPlace)
        {
            foreach (var path in ResultLinks.PathsOf(results[0]))
                session.Note($"the bundle is {session.Store.RealPath(path)}");
        }

        return ExitCode.Success;
    }

    private (Target Target, string Name) Bundle(
        Session session,
        EvaluationSite site,
        IReadOnlyList<string> operands
    )
    {
        var (reference, path) = FlakeReference.ParseWithFragment(
            _bundler,
            site.Flakes.ReferenceOptions
        );
        var options = new FlakeOptions();
        options.KeepLockFile();
        var bundler = new Installable.OfFlake(reference, path, OutputSelection.Default, options)
        {
            Places = AttributePlaces.Bundlers,
        };
        var program = TargetFinder.Value(
            site,
            _installables.Expression,
            _installables.Parse(session, operands)[0]
        );
        var function = TargetFinder.Value(site, new ExpressionOptions(), bundler);
        var made = Evaluator.Call(function, program).Force();
        if (!PackageReader.IsDerivation(made))
            throw new CommandException($"the bundler '{_bundler}' does not produce a derivation");
        var set = made.AsAttributeSet;
        var name =
            PackageReader.Find(set, s_name)
            ?? throw new CommandException($"the bundler '{_bundler}' gives its result no name");
        return (
            PackageReader.Read(site.Evaluator, set, OutputSelection.Default),
            Encoding.UTF8.GetString(site.Raw(name, "while evaluating the name of the bundle").Span)
        );
    }
}
