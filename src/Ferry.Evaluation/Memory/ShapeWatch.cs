using Ferry.Evaluation.Values;

namespace Ferry.Evaluation.Memory;

/// <summary>Tells when a program can see which revisions a source has: by their names, or by all names of a set with them.</summary>
/// <remarks>
/// A flake's source has <c>rev</c> when it is a commit and <c>dirtyRev</c> when it is not. Few programs look at that, so that a
/// result need not depend on it. Shapes with such names are marked, and so are those that <c>//</c> makes of them.
/// </remarks>
public static class ShapeWatch
{
    private static readonly int[] s_names =
    [
        Symbols.Of("rev").Id,
        Symbols.Of("shortRev").Id,
        Symbols.Of("revCount").Id,
        Symbols.Of("dirtyRev").Id,
        Symbols.Of("dirtyShortRev").Id,
    ];

    private static readonly Lock s_gate = new();
    private static readonly List<Action> s_waiting = [];
    private static volatile bool s_isWaiting;

    /// <param name="seen">Called once, when a program has seen which names a marked set has.</param>
    public static void Add(Action seen)
    {
        lock (s_gate)
        {
            s_waiting.Add(seen);
            s_isWaiting = true;
        }
    }

    internal static bool Concerns(int symbol) => Array.IndexOf(s_names, symbol) >= 0;

    internal static void Seen()
    {
        if (!s_isWaiting)
            return;
        lock (s_gate)
        {
            s_waiting.ForEach(seen => seen());
            s_waiting.Clear();
            s_isWaiting = false;
        }
    }
}
