using Ferry.Evaluation.Memory;

namespace Ferry.Cli.Installables;

/// <param name="Path">The whole attribute path in the flake's outputs.</param>
/// <param name="Value">What is there.</param>
internal sealed record FoundAttribute(string Path, Value Value);
