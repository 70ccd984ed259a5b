using Ferry.Formats.Inputs;
using Ferry.Formats.StorePaths;

namespace Ferry.Evaluation.Ports;

/// <summary>Brings sources from outside into a program's reach. Any number of threads may call.</summary>
/// <remarks>Failures are <see cref="EvaluationException"/>s with stock's wording. Whether a program may fetch is not asked here.</remarks>
public interface ISourceFetcher
{
    /// <summary>Fetches one file into the store.</summary>
    StorePath DownloadFile(string url, string name);

    /// <summary>Fetches an archive and puts what it holds into the store.</summary>
    StorePath DownloadArchive(string url, string name);

    /// <summary>Fetches what an entry <c>flake:…</c> of the search path names.</summary>
    StorePath FetchFlakeTree(string reference);

    /// <summary>Makes an input of a URL.</summary>
    IFetchableInput Parse(string url);

    /// <summary>Makes an input of attributes.</summary>
    IFetchableInput Of(InputAttributes attributes);
}

/// <summary>Something that can be fetched. Its text is its URL.</summary>
public interface IFetchableInput
{
    /// <summary>The same whenever and wherever it is fetched.</summary>
    bool IsLocked { get; }

    bool HasNarHash { get; }

    /// <summary>From a lock file: a fetch adds nothing to it.</summary>
    bool IsFinal { get; }

    /// <summary>False for a name that registries must translate.</summary>
    bool IsDirect { get; }

    /// <summary>The URL.</summary>
    string Text { get; }

    /// <summary>Translates a name by the registries that do not depend on who evaluates.</summary>
    IFetchableInput Resolve();

    /// <summary>Fetches it; its files can be read at its store path from now on.</summary>
    FetchedSource Fetch(FetchMode mode);
}

public enum FetchMode
{
    /// <summary>The tree is really in the store afterwards.</summary>
    Copy,

    /// <summary>The tree is copied when something that is kept refers to it.</summary>
    Lazy,
}

/// <summary>A tree that evaluation can read.</summary>
/// <param name="Path">Where.</param>
/// <param name="Attributes">What it turned out to be.</param>
public sealed record FetchedSource(StorePath Path, InputAttributes Attributes);
