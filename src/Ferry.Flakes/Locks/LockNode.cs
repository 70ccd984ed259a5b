using Ferry.Flakes.References;

namespace Ferry.Flakes.Locks;

/// <summary>An input of a node: another node, or the way to one from the root.</summary>
public abstract record LockEdge
{
    private LockEdge() { }

    public sealed record To(LockedNode Node) : LockEdge;

    public sealed record Follows(InputPath Path) : LockEdge;
}

/// <summary>A flake and its inputs in a lock file. Owner: whoever computes the lock file; read-only afterwards.</summary>
public class LockNode
{
    /// <summary>By name, in byte order.</summary>
    public SortedDictionary<string, LockEdge> Inputs { get; } = new(StringComparer.Ordinal);
}

/// <summary>A flake that is an input of another one.</summary>
/// <param name="locked">What it is, for ever.</param>
/// <param name="original">What was asked for.</param>
public sealed class LockedNode(FlakeReference locked, FlakeReference original) : LockNode
{
    public FlakeReference Locked => locked;

    public FlakeReference Original => original;

    /// <summary>False for a tree of files without <c>flake.nix</c>.</summary>
    public bool IsFlake { get; init; } = true;

    /// <summary>The flake to which a relative path is relative; null for everything else.</summary>
    public InputPath? Parent { get; init; }
}
