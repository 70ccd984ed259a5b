using Ferry.Fetching.FileTrees;
using Ferry.Fetching.Inputs;
using Ferry.Formats.Inputs;

namespace Ferry.Fetching.Git;

/// <summary>Takes a working tree as it is: tracked files with their present contents.</summary>
internal sealed class WorkingTreeFetch(Fetcher fetcher, string folder)
{
    private const string NoRevision = "0000000000000000000000000000000000000000";

    private readonly GitRepository _repository = new(fetcher, folder, isBare: false);

    public FetchedTree Run(FetchInput input)
    {
        if (!Path.Exists(folder))
            throw new FetchException($"Git repository \"{folder}\" does not exist.");
        var state = fetcher.WorkingTreeAt(folder);
        var withSubmodules = input.Attributes.Switch("submodules");
        var tree = Open(input, state);
        var isDirty = state.IsDirty;
        if (withSubmodules && state.Submodules.Count > 0)
            tree = WithSubmodules(tree, state, input, ref isDirty);

        var found = isDirty ? Dirty(input, state) : Clean(input, state);
        found = found.With(
            "lastModified",
            state.Head is { } head ? _repository.LastModified(head) : 0
        );
        return new(found, tree)
        {
            IsLive = true,
            Fingerprint =
                withSubmodules && state.Submodules.Count > 0 ? null
                : state.IsDirty
                    ? $"{GitScheme.FingerprintOf(input, state.Head ?? NoRevision)};d={state.Fingerprint(folder)}"
                : GitScheme.FingerprintOf(input, state.Head ?? NoRevision),
        };
    }

    public static string RevisionOf(WorkingTree state) => state.Head ?? NoRevision;

    public static string DirtyRevision(string head) => head + "-dirty";

    private IFileTree Open(FetchInput input, WorkingTree state)
    {
        var ignoresExport = input.Attributes.Switch("exportIgnore");
        var withSubmodules = input.Attributes.Switch("submodules");
        if (!ignoresExport && !withSubmodules)
            return state.Open(folder);
        var files = ignoresExport ? WithoutIgnored(state.Files) : state.Files;
        return new GitWorkingFiles(folder, withSubmodules ? files.Concat(state.Submodules) : files);
    }

    private FetchInput Clean(FetchInput input, WorkingTree state)
    {
        var branch = state.IsReferenceKnown ? state.Reference : _repository.HeadReference();
        if (branch is { } reference)
            input = input.With("ref", reference);
        input = input.With("rev", RevisionOf(state));
        return input.Attributes.Switch("shallow")
            ? input
            : input.With("revCount", state.Head is { } head ? _repository.RevisionCount(head) : 0);
    }

    private FetchInput Dirty(FetchInput input, WorkingTree state)
    {
        if (!fetcher.Settings.AllowsDirtyTrees)
            throw new FetchException($"Git tree '{folder}' is dirty");
        fetcher.WarnOfDirtyTree(folder);
        return state.Head is { } head
            ? input
                .With("dirtyRev", DirtyRevision(head))
                .With("dirtyShortRev", DirtyRevision(FetchInput.ShortRevision(head)))
            : input;
    }

    private IFileTree WithSubmodules(
        IFileTree tree,
        WorkingTree state,
        FetchInput input,
        ref bool isDirty
    )
    {
        var mounts = new Dictionary<string, IFileTree>(StringComparer.Ordinal);
        foreach (var path in state.Submodules)
        {
            var submodule = fetcher.Fetch(
                InputSchemes.Of(
                    InputAttributes.Of(
                        ("type", "git"),
                        ("url", $"{folder}/{path}"),
                        ("exportIgnore", input.Attributes.Switch("exportIgnore")),
                        ("submodules", true)
                    )
                )
            );
            isDirty |= submodule.Input.Revision is null;
            mounts["/" + path] = submodule.Tree;
        }

        return new MountedTree(tree, mounts);
    }

    private IEnumerable<string> WithoutIgnored(IReadOnlyList<string> files)
    {
        if (!files.Any(file => file.EndsWith(".gitattributes", StringComparison.Ordinal)))
            return files;
        var ignored = _repository.ExportIgnored(files.SelectMany(WithParents).Distinct(), null);
        return files.Where(file => !WithParents(file).Any(ignored.Contains));
    }

    private static IEnumerable<string> WithParents(string path)
    {
        yield return path;
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/'))
            yield return path = path[..slash];
    }
}
