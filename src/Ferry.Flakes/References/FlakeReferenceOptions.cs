namespace Ferry.Flakes.References;

/// <summary>How the text of a flake reference is read.</summary>
public sealed record FlakeReferenceOptions
{
    /// <summary>Where relative paths start, and where paths may mean a folder above; null allows absolute paths only.</summary>
    public string? BaseFolder { get; init; }

    /// <summary>There need not be a flake yet.</summary>
    public bool AllowsMissing { get; init; }

    /// <summary>False for a source that is only a tree of files, or one file.</summary>
    public bool IsFlake { get; init; } = true;

    /// <summary>A relative path stays one: it stands in a flake, whose place decides.</summary>
    public bool KeepsRelativePaths { get; init; }

    /// <summary>Takes a sentence for the person.</summary>
    public Action<string> Note { get; init; } = _ => { };

    /// <summary>Takes a warning, without the word.</summary>
    public Action<string> Warn { get; init; } = _ => { };
}
