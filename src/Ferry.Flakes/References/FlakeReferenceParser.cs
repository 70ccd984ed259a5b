using Ferry.Fetching.Inputs;
using Ferry.Formats.Urls;

namespace Ferry.Flakes.References;

/// <summary>One reference's text on its way to its meaning: a name, else a URL, else a path. Owner: one call.</summary>
internal sealed class FlakeReferenceParser(string text, FlakeReferenceOptions options)
{
    public (FlakeReference Reference, string Fragment) Parse() => TryName() ?? TryUrl() ?? AsPath();

    // "nixpkgs", "nixpkgs/BRANCH", "nixpkgs/REVISION", "nixpkgs/BRANCH/REVISION".
    private (FlakeReference, string)? TryName()
    {
        var hash = text.IndexOf('#');
        var (name, fragment) = hash < 0 ? (text, "") : (text[..hash], text[(hash + 1)..]);
        var slash = name.IndexOf('/');
        if (!ReferenceNames.IsFlakeId(slash < 0 ? name : name[..slash]))
            return null;
        if (slash >= 0 && !IsReference(name[(slash + 1)..]))
            return null;
        if (!fragment.All(IsInFragment))
            return null;
        var url = new Url { Scheme = "flake", Path = [.. name.Split('/')] };
        return (FlakeReference.Of(url, options.IsFlake), PercentEncoding.Decode(fragment));
    }

    private static bool IsReference(string name) =>
        name.Length > 0
        && (char.IsAsciiLetterOrDigit(name[0]) || name[0] == '@')
        && name.All(c =>
            char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or '@' or '+' or '-'
        );

    private static bool IsInFragment(char c) =>
        char.IsAsciiLetterOrDigit(c) || "-._~!$&'\"()*+,;=:@/? ^%".Contains(c);

    private (FlakeReference, string)? TryUrl()
    {
        try
        {
            var url = Url.Parse(text, isLenient: true);
            if (
                options.BaseFolder is { } folder
                && (url.Scheme is "path" or "git+file")
                && url.FilePath is var path
                && !path.StartsWith('/')
            )
                url = url with { Path = Url.SplitFilePath(Path.GetFullPath(path, folder)) };

            WarnOfDubiousQuery();
            return (FlakeReference.Of(url, options.IsFlake), url.Fragment);
        }
        catch (BadUrlException)
        {
            return null;
        }
    }

    private (FlakeReference, string) AsPath()
    {
        var hash = text.IndexOf('#');
        var fragment = hash < 0 ? "" : PercentEncoding.Decode(text[(hash + 1)..]);
        var rest = hash < 0 ? text : text[..hash];
        var mark = rest.IndexOf('?');
        var query = Url.ParseQuery(mark < 0 ? "" : rest[(mark + 1)..]);
        WarnOfDubiousQuery();
        var path = mark < 0 ? rest : rest[..mark];
        if (options.BaseFolder is { } folder)
        {
            path = FindFolder(WithoutLinks(Path.GetFullPath(path, folder)));
            if (options.IsFlake && InRepository(path, query) is { } repository)
                return (FlakeReference.Of(repository, options.IsFlake), fragment);
        }
        else if (!options.KeepsRelativePaths && !path.StartsWith('/'))
            throw new FlakeException($"flake reference '{text}' is not an absolute path");

        var url = new Url
        {
            Scheme = "path",
            Authority = path.StartsWith('/') ? UrlAuthority.Empty : null,
            Path = Url.SplitFilePath(path),
            Query = query,
        };
        return (FlakeReference.Of(url, options.IsFlake), fragment);
    }

    private void WarnOfDubiousQuery()
    {
        var hash = text.IndexOf('#');
        var rest = hash < 0 ? text : text[..hash];
        var mark = rest.IndexOf('?');
        if (mark < 0)
            return;
        foreach (var part in rest[(mark + 1)..].Split('&'))
        {
            if (part.Length > 0 && !part.Contains('='))
                options.Warn($"dubious URI query '{part}' is missing equal sign '=', ignoring");
        }
    }

    // A link leads to the flake that is meant, and to its repository.
    private static string WithoutLinks(string path)
    {
        const int linksMax = 40;
        var links = 0;
        var (done, left) = ("", path);
        while (left.Length > 1)
        {
            var end = left.IndexOf('/', 1);
            var next = Path.GetFullPath(done + (end < 0 ? left : left[..end]));
            left = end < 0 ? "" : left[end..];
            if (new FileInfo(next).LinkTarget is not { } target || ++links > linksMax)
            {
                done = next;
                continue;
            }

            left = Path.GetFullPath(target, Path.GetDirectoryName(next)!) + left;
            done = "";
        }

        return done.Length == 0 ? "/" : done;
    }

    // A flake may be meant from any folder below it.
    private string FindFolder(string path)
    {
        if (path.Length > 1)
            path = path.TrimEnd('/');
        if (!options.IsFlake)
            return path;
        if (!Directory.Exists(path))
            path = FolderOfFile(path);
        if (options.AllowsMissing || HasFlake(path))
            return path;
        options.Note($"path \"{path}\" does not contain a 'flake.nix', searching up");
        for (var at = path; at != "/"; at = Path.GetDirectoryName(at)!)
        {
            if (HasFlake(at))
                return at;
            if (Path.Exists(Path.Combine(at, ".git")))
                throw new FlakeException(
                    $"path \"{at}\" is not part of a flake (neither it nor its parent directories contain a 'flake.nix' file)"
                );
        }

        throw new FlakeException("could not find a flake.nix file");
    }

    private string FolderOfFile(string path)
    {
        if (!Path.Exists(path))
            throw new FlakeException($"getting status of \"{path}\": No such file or directory");
        if (Path.GetFileName(path) != "flake.nix")
            throw new FlakeException(
                $"path \"{path}\" is not a flake (because it's not a directory)"
            );
        var folder = Path.GetDirectoryName(path)!;
        options.Warn(
            $"Path \"{path}\" should point at the directory containing the 'flake.nix' file, not the file itself. Pretending that you meant \"{folder}\""
        );
        return folder;
    }

    // A folder in a repository is taken as git sees it.
    private Url? InRepository(
        string path,
        System.Collections.Immutable.ImmutableSortedDictionary<string, string> query
    )
    {
        var below = "";
        for (var root = path; root != "/"; root = Path.GetDirectoryName(root)!)
        {
            if (Path.Exists(Path.Combine(root, ".git")))
            {
                if (below.Length > 0 && query.ContainsKey("dir"))
                    throw new FlakeException(
                        $"flake URL '{text}' has an inconsistent 'dir' parameter"
                    );
                var url = new Url
                {
                    Scheme = "git+file",
                    Authority = UrlAuthority.Empty,
                    Path = Url.SplitFilePath(root),
                    Query = query,
                };
                if (below.Length > 0)
                    url = url.WithQuery("dir", below);
                return Path.Exists(Path.Combine(root, ".git", "shallow"))
                    ? url.WithQuery("shallow", "1")
                    : url;
            }

            var name = Path.GetFileName(root);
            below = below.Length == 0 ? name : $"{name}/{below}";
        }

        return null;
    }

    private static bool HasFlake(string folder) => Path.Exists(Path.Combine(folder, "flake.nix"));
}
