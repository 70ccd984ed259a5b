using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Building;
using Ferry.Store.Closures;

namespace Ferry.Cli.Verbs.Classic;

/// <summary><c>nix-store --query</c>: one question, asked of every path.</summary>
internal sealed class StoreQueryOptions
{
    private Func<Session, IReadOnlyList<StorePath>, ExitCode>? _question;
    private bool _usesOutputs;
    private bool _includesOutputs;
    private bool _realises;

    public void Declare(OptionTable options)
    {
        void Question(
            string names,
            string summary,
            Func<Session, IReadOnlyList<StorePath>, ExitCode> ask
        ) => options.Switch(names, summary, () => _question = ask);

        Question("--outputs", "the outputs of derivations", Outputs);
        Question("--requisites -R", "everything that is needed", Requisites);
        Question(
            "--references",
            "what is referred to",
            (session, paths) => Edges(session, paths, References)
        );
        Question(
            "--referrers",
            "what refers to it",
            (session, paths) => Edges(session, paths, Referrers)
        );
        Question("--referrers-closure", "everything that needs it", ReferrersClosure);
        Question("--deriver -d", "the derivation it was built from", Deriver);
        Question("--valid-derivers", "derivations that have it as an output", ValidDerivers);
        Question(
            "--hash",
            "the hash of the contents",
            (session, paths) => Each(session, paths, info => info.NarHash.ToNix32WithKind())
        );
        Question(
            "--size",
            "the size of the contents",
            (session, paths) => Each(session, paths, info => $"{info.NarSize}")
        );
        Question("--tree", "a tree of references", Tree);
        Question(
            "--graph",
            "a graph of references for Graphviz",
            (session, paths) => Print(session, paths, (printer, roots) => printer.Dot(roots))
        );
        Question(
            "--graphml",
            "a graph of references as GraphML",
            (session, paths) => Print(session, paths, (printer, roots) => printer.GraphMl(roots))
        );
        Question("--resolve", "the store path behind links", Resolve);
        options.Value(
            "--binding -b",
            "NAME",
            "a variable of derivations",
            name => _question = (session, paths) => Binding(session, paths, name)
        );
        options.Switch(
            "--use-output -u",
            "ask of the outputs of derivations",
            () => _usesOutputs = true
        );
        options.Switch(
            "--include-outputs",
            "outputs of derivations as well",
            () => _includesOutputs = true
        );
        options.Switch("--force-realise -f", "build first", () => _realises = true);
    }

    public ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var paths = operands.Select(operand => StoreOperand.Parse(session, operand)).ToList();
        if (_realises)
            session.Builds.Build(
                [.. paths.Select(path => new Installables.Target(StoreOperand.ToTarget(path)))],
                BuildMode.Normal
            );
        return (_question ?? Outputs)(session, paths);
    }

    /// <summary><c>--print-env</c>: a derivation's environment as shell code.</summary>
    public static ExitCode PrintEnvironment(Session session, IReadOnlyList<string> operands)
    {
        if (operands is not [var operand])
            throw UsageException.Because(
                "nix-store",
                "'--print-env' requires one derivation store path"
            );
        var derivation = session.Store.ReadDerivation(StoreOperand.Parse(session, operand));
        foreach (var (name, value) in derivation.Environment)
            session.Output.WriteLine(
                $"export {name}; {name}={ShellText.Quote(value.ToString())}\n"
            );
        var arguments = string.Join(
            ' ',
            derivation.Arguments.Select(argument => argument.ToString())
        );
        session.Output.WriteLine($"export _args; _args={ShellText.Quote(arguments)}");
        return ExitCode.Success;
    }

    private ExitCode Outputs(Session session, IReadOnlyList<StorePath> paths)
    {
        foreach (var path in paths)
        {
            if (!path.IsDerivation)
                throw new CommandException(
                    $"path '{session.Store.Directory.Format(path)}' is not a derivation"
                );
            foreach (var output in OutputsOf(session.Store, path))
                Line(session, output);
        }

        return ExitCode.Success;
    }

    private ExitCode Requisites(Session session, IReadOnlyList<StorePath> paths) =>
        Sorted(
            session,
            session.Store.Closure(
                Subjects(session, paths),
                new ClosureOptions { IncludesOutputs = _includesOutputs }
            )
        );

    private ExitCode ReferrersClosure(Session session, IReadOnlyList<StorePath> paths) =>
        Sorted(session, session.Store.Closure(Subjects(session, paths), ClosureOptions.Referrers));

    private ExitCode Edges(
        Session session,
        IReadOnlyList<StorePath> paths,
        Func<IStore, StorePath, IEnumerable<StorePath>> edges
    ) =>
        Sorted(
            session,
            Subjects(session, paths).SelectMany(path => edges(session.Store, path)).ToHashSet()
        );

    private static IEnumerable<StorePath> References(IStore store, StorePath path) =>
        store.RequireInfo(path).References;

    private static IEnumerable<StorePath> Referrers(IStore store, StorePath path) =>
        store.QueryReferrers(path);

    private ExitCode Deriver(Session session, IReadOnlyList<StorePath> paths)
    {
        foreach (var path in Subjects(session, paths))
        {
            var deriver = session.Store.RequireInfo(path).Deriver;
            session.Output.WriteLine(
                deriver is null ? "unknown-deriver" : session.Store.Directory.Format(deriver)
            );
        }

        return ExitCode.Success;
    }

    private ExitCode ValidDerivers(Session session, IReadOnlyList<StorePath> paths)
    {
        foreach (var path in Subjects(session, paths))
        {
            foreach (var deriver in session.Store.QueryValidDerivers(path))
                Line(session, deriver);
        }

        return ExitCode.Success;
    }

    private ExitCode Each(
        Session session,
        IReadOnlyList<StorePath> paths,
        Func<PathInfo, string> show
    )
    {
        foreach (var path in Subjects(session, paths))
            session.Output.WriteLine(show(session.Store.RequireInfo(path)));
        return ExitCode.Success;
    }

    private ExitCode Tree(Session session, IReadOnlyList<StorePath> paths)
    {
        foreach (var path in Subjects(session, paths))
            new ReferencePrinter(session.Store, session.Output).Tree(path);
        return ExitCode.Success;
    }

    private ExitCode Print(
        Session session,
        IReadOnlyList<StorePath> paths,
        Action<ReferencePrinter, IEnumerable<StorePath>> print
    )
    {
        print(new ReferencePrinter(session.Store, session.Output), Subjects(session, paths));
        return ExitCode.Success;
    }

    private ExitCode Resolve(Session session, IReadOnlyList<StorePath> paths)
    {
        foreach (var path in paths)
            Line(session, path);
        return ExitCode.Success;
    }

    private static ExitCode Binding(Session session, IReadOnlyList<StorePath> paths, string name)
    {
        foreach (var path in paths)
        {
            var derivation = session.Store.ReadDerivation(path);
            if (!derivation.Environment.TryGetValue(name, out var value))
            {
                throw new CommandException(
                    $"derivation '{session.Store.Directory.Format(path)}' has no environment binding named '{name}'"
                );
            }

            session.Output.WriteLine(value.ToString());
        }

        return ExitCode.Success;
    }

    private IEnumerable<StorePath> Subjects(Session session, IEnumerable<StorePath> paths) =>
        paths.SelectMany(path =>
            _usesOutputs && path.IsDerivation ? OutputsOf(session.Store, path) : [path]
        );

    private static IEnumerable<StorePath> OutputsOf(IStore store, StorePath derivation) =>
        store
            .ReadDerivation(derivation)
            .KnownOutputPaths(store.Paths)
            .Select(output => output.Value);

    // What others refer to comes first.
    private static ExitCode Sorted(Session session, IReadOnlySet<StorePath> paths)
    {
        foreach (var path in Enumerable.Reverse(session.Store.SortTopologically(paths)))
            Line(session, path);
        return ExitCode.Success;
    }

    private static void Line(Session session, StorePath path) =>
        session.Output.WriteLine(session.Store.Directory.Format(path));
}
