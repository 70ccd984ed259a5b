namespace Ferry.Store.Profiles;

/// <summary>What goes into an environment.</summary>
/// <param name="Path">Its folder, as text: <c>/nix/store/…</c>.</param>
/// <param name="Priority">Of two files with one name the one with the smaller number wins.</param>
/// <param name="IsActive">False: it takes no part.</param>
public sealed record EnvironmentPackage(string Path, int Priority, bool IsActive = true);
