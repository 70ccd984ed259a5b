using System.Globalization;
using System.Text;
using Ferry.Flakes.References;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Flakes.Locks;

/// <summary>What has changed between two lock files, as a person reads it.</summary>
public static class LockDifference
{
    /// <returns>Lines with colours; whoever prints takes those out where they are not wanted.</returns>
    public static string Describe(LockFile before, LockFile after)
    {
        var (old, present) = (before.AllInputs(), after.AllInputs());
        var text = new StringBuilder();
        foreach (var path in old.Keys.Union(present.Keys).Order(InputPath.Order))
        {
            var (wasThere, isThere) = (
                old.TryGetValue(path, out var previous),
                present.TryGetValue(path, out var current)
            );
            if (!wasThere)
                text.Append(
                    $"• {TerminalColor.Green}Added input '{path}':{TerminalColor.Normal}\n    {Describe(current!)}\n"
                );
            else if (!isThere)
                text.Append($"• {TerminalColor.Red}Removed input '{path}'{TerminalColor.Normal}\n");
            else if (!AreEqual(previous!, current!))
                text.Append(
                    $"• {TerminalColor.Bold}Updated input '{path}':{TerminalColor.Normal}\n    {Describe(previous!)}\n  → {Describe(current!)}\n"
                );
        }

        return text.ToString();
    }

    /// <summary>A reference with the day of its newest change.</summary>
    public static string Describe(FlakeReference reference) =>
        reference.Input.LastModified is { } seconds
            ? $"'{reference}' ({DateTimeOffset.FromUnixTimeSeconds((long)seconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})"
            : $"'{reference}'";

    private static string Describe(LockEdge edge) =>
        edge is LockEdge.To to
            ? Describe(to.Node.Locked)
            : $"follows '{((LockEdge.Follows)edge).Path}'";

    private static bool AreEqual(LockEdge left, LockEdge right) =>
        (left, right) switch
        {
            (LockEdge.To one, LockEdge.To other) => one.Node.Locked == other.Node.Locked,
            (LockEdge.Follows one, LockEdge.Follows other) => one.Path.Equals(other.Path),
            _ => false,
        };
}
