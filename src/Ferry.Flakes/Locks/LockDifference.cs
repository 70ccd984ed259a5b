using System.Globalization;
using System.Text;
using Ferry.Flakes.References;

namespace Ferry.Flakes.Locks;

/// <summary>What has changed between two lock files, as a person reads it.</summary>
public static class LockDifference
{
    private const string Bold = "\e[1m";
    private const string Green = "\e[32;1m";
    private const string Red = "\e[31;1m";
    private const string Normal = "\e[0m";

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
                text.Append($"• {Green}Added input '{path}':{Normal}\n    {Describe(current!)}\n");
            else if (!isThere)
                text.Append($"• {Red}Removed input '{path}'{Normal}\n");
            else if (!AreEqual(previous!, current!))
                text.Append(
                    $"• {Bold}Updated input '{path}':{Normal}\n    {Describe(previous!)}\n  → {Describe(current!)}\n"
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
