using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Flakes.Locking;
using Ferry.Flakes.Locks;
using Ferry.Formats.Json;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.FileTrees;

namespace Ferry.Cli.Verbs.Flake;

/// <summary>Copies a flake and everything that it needs to be evaluated, here or to another store.</summary>
internal sealed class FlakeArchiveVerb : FlakeVerb
{
    private readonly SortedSet<StorePath> _sources = [];
    private bool _isJson;
    private bool _isDryRun;
    private string? _destination;

    public override string Path => "flake archive";

    public override string Summary => "copy a flake and all its inputs to a store";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        base.Declare(options, shared);
        options.Switch("--json", "print JSON", () => _isJson = true);
        options.Switch("--dry-run", "only say what would be copied", () => _isDryRun = true);
        options.Value(
            "--to",
            "STORE",
            "the store to copy to, in place of the one in use",
            text => _destination = text
        );
        options.Switch(
            "--no-check-sigs",
            "do not ask for signatures; sources have none",
            () => { }
        );
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var reference = Reference(session, operands);
        var json = new JsonWriter(isIndented: session.Options.IndentsJson);
        session.Evaluation.Run(site => Collect(session, site, Lock(site, reference), json));
        session.EndProgress();
        if (_isJson)
            session.Output.WriteLine(json.ToString());
        if (_destination is not null && !_isDryRun)
            Copy(session, _destination);
        return ExitCode.Success;
    }

    private void Collect(Session session, EvaluationSite site, LockedFlake locked, JsonWriter json)
    {
        var directory = site.Evaluator.Store.Directory;
        var top = directory.Split(locked.Flake.Folder).Path;
        _sources.Add(top);
        if (!_isDryRun)
            site.Keep([top]);
        json.StartObject();
        json.Name("inputs");
        Inputs(session, site, locked.LockFile.Root, json);
        json.Member("path", directory.Format(top));
        json.EndObject();
    }

    private void Inputs(Session session, EvaluationSite site, LockNode node, JsonWriter json)
    {
        json.StartObject();
        foreach (var (name, edge) in node.Inputs)
        {
            if (edge is not LockEdge.To to)
                continue;
            json.Name(name);
            json.StartObject();
            json.Name("inputs");
            Inputs(session, site, to.Node, json);
            // A relative path is part of the flake it stands in.
            if (to.Node.Locked.Input.RelativePath is null)
            {
                var path = Source(site, to.Node);
                _sources.Add(path);
                json.Member("path", site.Evaluator.Store.Directory.Format(path));
            }

            json.EndObject();
        }

        json.EndObject();
    }

    private StorePath Source(EvaluationSite site, LockedNode node) =>
        _isDryRun
            ? site.Flakes.Explain(() =>
                node.Locked.Input.StorePath(new StorePathFactory(site.Evaluator.Store.Directory))
            )
            : site.AddSource(node.Locked.Input).Path;

    // Sources are known by their contents, so each has the same path everywhere.
    private void Copy(Session session, string destination)
    {
        using var other = StoreSite.Open(session.Options, destination);
        foreach (var path in _sources)
        {
            var real = session.Store.RealPath(path);
            var added = other.Store.AddTree(
                new TreeToAdd(path.Name, target => FileTreeReader.Read(real, target))
            );
            if (added != path)
                throw new CommandException(
                    $"cannot copy '{session.Store.Directory.Format(path)}' to '{destination}': its path would be another one there"
                );
        }
    }
}
