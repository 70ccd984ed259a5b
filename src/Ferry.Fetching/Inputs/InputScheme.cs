using Ferry.Fetching.FileTrees;
using Ferry.Formats.Hashing;
using Ferry.Formats.Inputs;
using Ferry.Formats.Urls;
using Ferry.Store.FileTrees;

namespace Ferry.Fetching.Inputs;

/// <summary>One kind of source: how its inputs are written, and how it is fetched. Without state.</summary>
internal abstract class InputScheme
{
    /// <summary>As in the attribute <c>type</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Besides <c>type</c> and the final mark.</summary>
    public abstract IReadOnlySet<string> AllowedAttributes { get; }

    /// <summary>False for names that registries must translate.</summary>
    public virtual bool IsDirect => true;

    /// <param name="url">Any URL.</param>
    /// <param name="mustBeTree">A URL that could be a file or an archive means an archive.</param>
    /// <returns>Null when the URL is of another scheme.</returns>
    /// <exception cref="BadUrlException">It is of this scheme, and wrong.</exception>
    public abstract InputAttributes? TryParse(Url url, bool mustBeTree);

    /// <summary>Checks attributes, and brings them to the form that lock files have.</summary>
    public abstract InputAttributes Normalise(InputAttributes attributes);

    public abstract Url ToUrl(FetchInput input);

    public abstract bool IsLocked(FetchInput input, FetchSettings settings);

    public virtual string? RelativePath(FetchInput input) => null;

    public virtual FetchInput WithOverrides(FetchInput input, string? reference, Hash? revision)
    {
        if (reference is not null)
            throw new FetchException(
                $"don't know how to set branch/tag name of input '{input}' to '{reference}'"
            );
        return revision is null
            ? input
            : throw new FetchException(
                $"don't know how to set revision of input '{input}' to '{RevisionText(revision)}'"
            );
    }

    /// <summary>A folder of this machine in which the source can be changed; null for others.</summary>
    public virtual string? SourceFolder(FetchInput input) => null;

    /// <summary>Writes a file of the source itself, such as its lock file.</summary>
    /// <param name="fetcher">Runs programs.</param>
    /// <param name="input">The source.</param>
    /// <param name="file">What to write.</param>
    public virtual void Write(Fetcher fetcher, FetchInput input, SourceFile file) =>
        throw new FetchException($"input '{input}' does not support modifying file '{file.Path}'");

    /// <summary>Looks at a source on this machine as it is now.</summary>
    /// <returns>Null for everything else, and where there is none.</returns>
    public virtual LiveTree? Look(Fetcher fetcher, FetchInput input) => null;

    public abstract FetchedTree Fetch(Fetcher fetcher, FetchInput input);

    /// <summary>Makes a folder that can be worked on: a repository of its own, or a copy of the files.</summary>
    public virtual void Clone(Fetcher fetcher, FetchInput input, string folder)
    {
        if (Path.Exists(folder))
            throw new FetchException($"cannot clone into existing path \"{folder}\"");
        var tree = fetcher.Fetch(input).Tree;
        using var writer = new FileTreeWriter(Path.GetFullPath(folder));
        TreeWalk.Write(tree, writer);
    }

    public static string RevisionText(Hash revision) =>
        revision.Format(HashFormat.Base16, withKind: false);
}

/// <summary>A file to be written into a source.</summary>
/// <param name="Path">Relative to the source.</param>
/// <param name="Contents">All of it.</param>
/// <param name="CommitMessage">Null leaves committing to the person.</param>
public sealed record SourceFile(string Path, string Contents, string? CommitMessage);

/// <summary>A source that can be read now.</summary>
/// <param name="Input">What it turned out to be: with revision, times and the like.</param>
/// <param name="Tree">Its files.</param>
public sealed record FetchedTree(FetchInput Input, IFileTree Tree)
{
    /// <summary>Equal only for equal trees; null where nothing cheaper than the contents tells.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The files lie on this machine and are what they are when they are read.</summary>
    public bool IsLive { get; init; }
}
