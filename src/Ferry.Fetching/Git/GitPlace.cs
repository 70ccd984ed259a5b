using Ferry.Fetching.Inputs;
using Ferry.Formats.Urls;

namespace Ferry.Fetching.Git;

/// <summary>Where a repository is: a working tree of this machine, or a URL.</summary>
/// <param name="Folder">Absolute; null for a URL.</param>
/// <param name="Location">The URL, or the folder.</param>
internal sealed record GitPlace(string? Folder, string Location)
{
    /// <param name="input">A git input.</param>
    /// <param name="clonesLocal">Folders count as URLs.</param>
    public static GitPlace Of(FetchInput input, bool clonesLocal)
    {
        var url = Url.Parse(input.Attributes.RequireText("url"));
        if (url.Scheme == "file")
        {
            var path = url.FilePath;
            // A repository without a working tree has nothing to look at, so it is cloned like a remote one.
            var isBare = Path.Exists(path) && !Path.Exists(Path.Combine(path, ".git"));
            if (!clonesLocal && !isBare)
            {
                if (!path.StartsWith('/'))
                    throw new FetchException(
                        $"Git repository '{url}' is given by a path relative to the working directory; write its absolute path"
                    );
                return new(
                    Path.TrimEndingDirectorySeparator(path),
                    Path.TrimEndingDirectorySeparator(path)
                );
            }

            url = url with { Query = Url.NoQuery };
        }

        // Old lock files have the flake's folder in the URL, which is nothing for a server.
        return new(null, url.WithoutQuery("dir").ToString());
    }
}
