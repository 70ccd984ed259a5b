using System.Collections.Immutable;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Building;
using Ferry.Store.Closures;
using Ferry.Store.Local.Roots;

namespace Ferry.Cli.Verbs.Classic;

/// <summary><c>nix-store --query</c>: one question, asked of every path.</summary>
internal sealed class StoreQueryOptions
{
    private Func<Session, IReadOnlyList<StorePath>, ExitCode>? _question;
    private string? _chosen;
    private bool _usesOutputs;
    private bool _includesOutputs;
    private bool _realises;

    public void Declare(OptionTable options)
    {
        void Question(
            string names,
            string summary,
            Func<Session, IReadOnlyList<StorePath>, ExitCode> ask
        ) => options.Switch(names, summary, () => Choose(names.Split(' ')[0], ask));

        Question("--outputs", "the outputs of derivations", Outputs);
        Question("--requisites -R", "everything that is needed", Requisites);
        Question(
            "--references",
            "what is referred to",
            (session, paths) => Edges(session, paths, References)
        );
        Question(
            "--referrers --referers",
            "what refers to it",
            (session, paths) => Edges(session, paths, Referrers)
        );
        Question(
            "--referrers-closure --referers-closure",
            "everything that needs it",
            ReferrersClosure
        );
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
        Question("--roots", "what keeps it from the collector", Roots);
        options.Value(
            "--binding -b",
            "NAME",
            "a variable of derivations",
            name => Choose("--binding", (session, paths) => Binding(session, paths, name))
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
        options.Switch("--force-realise --force-realize -f", "build first", () => _realises = true);
    }

    public ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var paths = operands.Select(operand => StoreOperand.Parse(session, operand)).ToList();
        if (_realises)
        {
            session.Builds.Build(
                [.. paths.Select(path => new Installables.Target(StoreOperand.ToTarget(path)))],
                BuildMode.Normal
            );
            session.WarnOfMissingRoot();
        }

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
        foreach (var output in paths.SelectMany(path => OutputsOrSelf(session.Store, path)))
            Line(session, output);
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
            Subjects(session, paths)
                .SelectMany(path => edges(session.Store, path))
                .ToImmutableSortedSet()
        );

    private static IEnumerable<StorePath> References(IStore store, StorePath path) =>
        store.RequireInfo(path).References;

    private static IEnumerable<StorePath> Referrers(IStore store, StorePath path) =>
        store.QueryReferrers(path);

    private ExitCode Deriver(Session session, IReadOnlyList<StorePath> paths)
    {
        foreach (var path in paths)
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
        return Sorted(
            session,
            paths.SelectMany(path => session.Store.QueryValidDerivers(path)).ToImmutableSortedSet()
        );
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
        var printer = new ReferencePrinter(session.Store, session.Output);
        foreach (var path in paths)
            printer.Tree(path);
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

    private ExitCode Roots(Session session, IReadOnlyList<StorePath> paths)
    {
        var needing = session.Store.Closure(
            Subjects(session, paths),
            ClosureOptions.Referrers with
            {
                IncludesDerivers = true,
            }
        );
        foreach (var root in new RootFinder(session.Site.Store).Find())
        {
            if (needing.Contains(root.Path))
                session.Output.WriteLine(
                    $"{root.Source} -> {session.Store.Directory.Format(root.Path)}"
                );
        }

        return ExitCode.Success;
    }

    private static ExitCode Binding(Session session, IReadOnlyList<StorePath> paths, string name)
    {
        foreach (var path in paths.Select(path => StoreOperand.Deriver(session, path)))
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
        _usesOutputs ? paths.SelectMany(path => OutputsOrSelf(session.Store, path)) : paths;

    // In the order of paths, not of names.
    private static IEnumerable<StorePath> OutputsOrSelf(IStore store, StorePath path) =>
        path.IsDerivation
            ? store
                .ReadDerivation(path)
                .KnownOutputPaths(store.Paths)
                .Select(output => output.Value)
                .Order()
            : [path];

    private void Choose(string name, Func<Session, IReadOnlyList<StorePath>, ExitCode> question)
    {
        if (_chosen is not null && _chosen != name)
            throw UsageException.Because(
                "nix-store",
                $"query type '{name}' conflicts with earlier flag"
            );
        (_chosen, _question) = (name, question);
    }

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
