using Ferry.Formats.StorePaths;

namespace Ferry.Store.Local.Roots;

/// <summary>A reason to keep a store object.</summary>
/// <param name="Path">The object.</param>
/// <param name="Source">The link that points to it, <c>{temp:PID}</c>, or the file below <c>/proc</c> that shows its use.</param>
public sealed record GarbageRoot(StorePath Path, string Source);
