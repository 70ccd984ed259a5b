using Ferry.Flakes.Locks;
using Ferry.Flakes.References;

namespace Ferry.Flakes.Locking;

/// <summary>What a command may do with a lock file. Names in brackets are stock's options.</summary>
public sealed record LockOptions
{
    /// <summary>Start from nothing [--recreate-lock-file].</summary>
    public bool Recreates { get; init; }

    /// <summary>The lock file may differ from what was there [--no-update-lock-file].</summary>
    public bool MayUpdate { get; init; } = true;

    /// <summary>It is written where it can be [--no-write-lock-file].</summary>
    public bool Writes { get; init; } = true;

    /// <summary>Names are looked up in registries [--no-registries]; null leaves it to the setting.</summary>
    public bool? UsesRegistries { get; init; }

    /// <summary>Inputs that could be others next time are accepted.</summary>
    public bool AllowsUnlocked { get; init; } = true;

    /// <summary>A lock file that cannot be written for such an input is an error, not a warning.</summary>
    public bool FailsOnUnlocked { get; init; }

    /// <summary>The lock file is committed [--commit-lock-file].</summary>
    public bool Commits { get; init; }

    /// <summary>First line of that commit; empty for the usual one [commit-lock-file-summary].</summary>
    public string CommitSummary { get; init; } = "";

    /// <summary>Absolute; null for the flake's own [--reference-lock-file].</summary>
    public string? ReferenceFile { get; init; }

    /// <summary>Absolute; null for the flake's own [--output-lock-file].</summary>
    public string? OutputFile { get; init; }

    /// <summary>In order [--override-input].</summary>
    public IReadOnlyList<(InputPath Path, FlakeReference Reference)> Overrides { get; init; } = [];

    /// <summary>Inputs whose lock is forgotten [flake update INPUT].</summary>
    public IReadOnlySet<InputPath> Updates { get; init; } = new HashSet<InputPath>();
}
