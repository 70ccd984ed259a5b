using Ferry.Syntax.Text;

namespace Ferry.Evaluation.Errors;

/// <summary>A place in any of the texts read so far, or none. Four bytes, so that shapes and nodes can hold one.</summary>
/// <remarks>All texts lie one behind the other in one range of numbers; <see cref="PositionTable"/> knows where each starts.</remarks>
public readonly record struct Position
{
    internal readonly uint Id;

    internal Position(uint id) => Id = id;

    public static Position None => default;

    public bool IsKnown => Id != 0;

    /// <summary>Null for <see cref="None"/>. Cost: the logarithm of the number of texts.</summary>
    public SourceLocation? Location => IsKnown ? PositionTable.Locate(Id) : null;

    /// <summary>Absolute path of the file it lies in; null when it lies in no file.</summary>
    public string? FilePath => IsKnown ? PositionTable.FilePath(Id) : null;

    public override string ToString() => Location?.ToString() ?? "«none»";
}

/// <summary>Gives each text its part of the range of positions.</summary>
internal static class PositionTable
{
    private static readonly Lock s_gate = new();
    private static readonly List<Entry> s_texts = [];
    private static ulong s_next = 1;

    /// <returns>The number of the text's first byte.</returns>
    /// <exception cref="EvaluationException">All texts together exceed 4 GiB.</exception>
    public static uint Register(SourceText source, string? filePath)
    {
        lock (s_gate)
        {
            var start = s_next;
            // One more than the bytes: an error may point at the end.
            s_next += (ulong)source.Bytes.Length + 2;
            if (s_next > uint.MaxValue)
                throw EvaluationException.Failed("more than 4 GiB of Nix text in one evaluation");
            s_texts.Add(new((uint)start, source, filePath));
            return (uint)start;
        }
    }

    public static SourceLocation Locate(uint id)
    {
        var entry = Find(id);
        return new(entry.Source, SourcePosition.At((int)(id - entry.Start)));
    }

    public static string? FilePath(uint id) => Find(id).FilePath;

    private static Entry Find(uint id)
    {
        lock (s_gate)
        {
            int low = 0,
                high = s_texts.Count - 1;
            while (low < high)
            {
                var middle = (low + high + 1) >> 1;
                if (s_texts[middle].Start <= id)
                    low = middle;
                else
                    high = middle - 1;
            }
            return s_texts[low];
        }
    }

    private readonly record struct Entry(uint Start, SourceText Source, string? FilePath);
}
