using Ferry.Fetching.FileTrees;
using Ferry.Fetching.Inputs;
using Ferry.Formats.Inputs;

namespace Ferry.Fetching.Git;

/// <summary>Fetches the submodules of a commit and puts them in their places.</summary>
internal sealed class Submodules(Fetcher fetcher, GitRepository repository, FetchInput input)
{
    public IFileTree Mount(GitCommitTree tree)
    {
        var declared = Declared(tree);
        var mounts = new Dictionary<string, IFileTree>(StringComparer.Ordinal);
        foreach (var (path, revision) in tree.Submodules)
        {
            if (!declared.TryGetValue(path.TrimStart('/'), out var submodule))
                continue;
            var attributes = InputAttributes.Of(
                ("type", "git"),
                ("url", ResolveUrl(submodule.Url)),
                ("rev", revision),
                ("exportIgnore", input.Attributes.Switch("exportIgnore")),
                ("submodules", true),
                ("lfs", input.Attributes.Switch("lfs")),
                ("allRefs", true)
            );
            // A dot means the branch of the same name as the outer repository's.
            if (submodule.Branch is { Length: > 0 } branch)
                attributes = attributes.With("ref", branch == "." ? input.Ref! : branch);
            mounts[path] = fetcher.Fetch(InputSchemes.Of(attributes)).Tree;
        }

        return new MountedTree(tree, mounts);
    }

    private sealed class Module
    {
        public string Path { get; set; } = "";

        public string Url { get; set; } = "";

        public string Branch { get; set; } = "";
    }

    private Dictionary<string, Module> Declared(GitCommitTree tree)
    {
        if (tree.Kind("/.gitmodules") is null)
            return [];
        var text = fetcher
            .Git.Run(
                new GitCall("config", "--file", "-", "--list", "--null")
                {
                    Folder = repository.Folder,
                    Input = tree.Read("/.gitmodules"),
                }
            )
            .Text;
        var modules = new Dictionary<string, Module>(StringComparer.Ordinal);
        // "submodule.NAME.KEY", a line feed, the value.
        foreach (var line in text.Split('\0'))
        {
            var feed = line.IndexOf('\n');
            if (feed < 0 || !line.StartsWith("submodule.", StringComparison.Ordinal))
                continue;
            var (key, value) = (line[..feed], line[(feed + 1)..]);
            var dot = key.LastIndexOf('.');
            var name = key["submodule.".Length..dot];
            var module = modules.TryGetValue(name, out var known) ? known : modules[name] = new();
            switch (key[(dot + 1)..])
            {
                case "path":
                    module.Path = value;
                    break;
                case "url":
                    module.Url = value;
                    break;
                case "branch":
                    module.Branch = value;
                    break;
            }
        }

        return modules.Values.ToDictionary(module => module.Path, StringComparer.Ordinal);
    }

    // "./x" and "../x" start from where the repository itself came from, or from where it lies.
    private string ResolveUrl(string url)
    {
        if (
            !url.StartsWith("./", StringComparison.Ordinal)
            && !url.StartsWith("../", StringComparison.Ordinal)
        )
            return url;
        var origin = repository.Try("config", "--get", "remote.origin.url");
        var start = origin.Exit.IsSuccess ? origin.Text.Trim() : repository.Folder;
        start = start.TrimEnd('/');
        while (true)
        {
            if (url.StartsWith("./", StringComparison.Ordinal))
                url = url[2..];
            else if (url.StartsWith("../", StringComparison.Ordinal))
                (url, start) = (url[3..], start[..Math.Max(0, start.LastIndexOfAny(['/', ':']))]);
            else
                return $"{start}/{url}";
        }
    }
}
