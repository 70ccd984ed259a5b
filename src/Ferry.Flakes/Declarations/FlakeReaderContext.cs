using Ferry.Flakes.Locks;

namespace Ferry.Flakes.Declarations;

/// <param name="Path">Of the flake that is read, from the root of the lock file: what it follows starts there.</param>
internal sealed record FlakeReaderContext(InputPath Path);
