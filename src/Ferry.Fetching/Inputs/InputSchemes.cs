using System.Diagnostics.CodeAnalysis;
using Ferry.Fetching.Forges;
using Ferry.Fetching.Git;
using Ferry.Fetching.Mercurial;
using Ferry.Fetching.Paths;
using Ferry.Fetching.Registries;
using Ferry.Fetching.Tarballs;
using Ferry.Formats;
using Ferry.Formats.Inputs;
using Ferry.Formats.Urls;

namespace Ferry.Fetching.Inputs;

/// <summary>From URLs and attributes to inputs.</summary>
public static class InputSchemes
{
    // In the order of their names, which decides where two could take one URL.
    private static readonly InputScheme[] s_schemes =
    [
        new FileScheme(),
        new GitScheme(),
        new GitHubScheme(),
        new GitLabScheme(),
        new MercurialScheme(),
        new IndirectScheme(),
        new PathScheme(),
        new SourceHutScheme(),
        new TarballScheme(),
    ];

    /// <param name="url">Any URL; its fragment does not matter.</param>
    /// <param name="mustBeTree">A URL that could be a file or an archive means an archive.</param>
    /// <exception cref="FetchException">No scheme takes the URL.</exception>
    /// <exception cref="BadUrlException">The scheme takes it, and it is wrong.</exception>
    public static FetchInput Parse(Url url, bool mustBeTree = true)
    {
        foreach (var scheme in s_schemes)
        {
            if (scheme.TryParse(url, mustBeTree) is { } attributes)
                return new(attributes, scheme);
        }

        if (url is { Application: "file", Transport: "git" })
            throw new FetchException(
                $"input '{url}' is unsupported; did you mean 'git+file' instead of 'file+git'?"
            );
        throw new FetchException($"input '{url}' is unsupported");
    }

    /// <summary>An input of a type that nobody here knows can be kept and shown, but not fetched.</summary>
    /// <exception cref="FetchException">An attribute is not known to the type.</exception>
    /// <exception cref="BadFormatException">An attribute has a wrong value.</exception>
    public static FetchInput Of(InputAttributes attributes)
    {
        var type =
            attributes.Text("type")
            ?? throw new FetchException(
                "'type' attribute to specify input scheme is required but not provided"
            );
        if (!TryFind(type, out var scheme))
            return new(attributes, scheme: null);

        foreach (var (name, _) in attributes)
        {
            if (
                name != "type"
                && name != FetchInput.FinalMark
                && !scheme.AllowedAttributes.Contains(name)
            )
                throw new FetchException(
                    $"input attribute '{name}' not supported by scheme '{type}'"
                );
        }

        return new(scheme.Normalise(attributes), scheme);
    }

    private static bool TryFind(string type, [NotNullWhen(true)] out InputScheme? scheme)
    {
        scheme = s_schemes.FirstOrDefault(candidate => candidate.Name == type);
        return scheme is not null;
    }
}
