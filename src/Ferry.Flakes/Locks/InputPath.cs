using System.Collections.Immutable;
using Ferry.Fetching.Inputs;

namespace Ferry.Flakes.Locks;

/// <summary>How to come from a flake to one of its inputs, the inputs of its inputs and so on: <c>nixops/nixpkgs</c>.</summary>
public sealed class InputPath : IEquatable<InputPath>
{
    private InputPath(ImmutableArray<string> names) => Names = names;

    /// <summary>Name by name, a path before those below it.</summary>
    public static IComparer<InputPath> Order { get; } =
        Comparer<InputPath>.Create((left, right) => left.CompareTo(right));

    /// <summary>The flake itself.</summary>
    public static InputPath Root { get; } = new([]);

    public ImmutableArray<string> Names { get; }

    public bool IsRoot => Names.IsEmpty;

    /// <exception cref="InvalidOperationException">For the root.</exception>
    public InputPath Parent => new(Names[..^1]);

    public static InputPath Of(IEnumerable<string> names) => new([.. names]);

    /// <summary>Parses names between slashes; empty ones do not count.</summary>
    /// <exception cref="FlakeException">A name is none that an input can have.</exception>
    public static InputPath Parse(string text)
    {
        var names = text.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names)
        {
            if (!ReferenceNames.IsFlakeId(name))
                throw new FlakeException($"invalid flake input attribute path element '{name}'");
        }

        return Of(names);
    }

    public InputPath Below(string name) => new(Names.Add(name));

    /// <summary>This path, then another one.</summary>
    public InputPath Join(InputPath rest) => new(Names.AddRange(rest.Names));

    /// <summary>True for this path and for those below.</summary>
    public bool Covers(InputPath other) =>
        other.Names.Length >= Names.Length
        && other.Names.AsSpan(0, Names.Length).SequenceEqual(Names.AsSpan());

    public bool Equals(InputPath? other) => other is not null && CompareTo(other) == 0;

    public override bool Equals(object? obj) => Equals(obj as InputPath);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() => string.Join('/', Names);

    private int CompareTo(InputPath other)
    {
        for (var index = 0; index < Names.Length && index < other.Names.Length; index++)
        {
            var order = string.CompareOrdinal(Names[index], other.Names[index]);
            if (order != 0)
                return order;
        }

        return Names.Length.CompareTo(other.Names.Length);
    }
}
