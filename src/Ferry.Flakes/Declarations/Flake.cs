using Ferry.Flakes.References;
using Ferry.Formats.Inputs;

namespace Ferry.Flakes.Declarations;

/// <summary>What <c>flake.nix</c> says before its outputs are computed.</summary>
/// <param name="Original">As it was asked for.</param>
/// <param name="Resolved">After registries.</param>
/// <param name="Locked">What was fetched.</param>
/// <param name="Folder">Where <c>flake.nix</c> is, as evaluation sees it.</param>
public sealed record Flake(
    FlakeReference Original,
    FlakeReference Resolved,
    FlakeReference Locked,
    string Folder
)
{
    /// <summary>Null when it has none.</summary>
    public string? Description { get; init; }

    /// <summary>By name in byte order.</summary>
    public SortedDictionary<string, FlakeInput> Inputs { get; init; } = FlakeInput.Empty();

    /// <summary>What the flake wants its own source to be fetched with.</summary>
    public InputAttributes SelfAttributes { get; init; } = InputAttributes.Empty;

    /// <summary>Settings that the flake asks for, as text.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings { get; init; } = [];

    public string File => $"{Folder}/flake.nix";

    public string LockFile => $"{Folder}/flake.lock";
}
