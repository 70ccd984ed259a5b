using Ferry.Build.Goals;
using Ferry.Store.Building;

namespace Ferry.Build.Sandbox;

/// <summary>Says of a derivation whether and how this machine can build it.</summary>
public sealed class SystemRoads(BuildSettings settings, IEmulatorProvider? emulators)
{
    /// <summary>The processor runs the builder itself.</summary>
    public bool IsNative(string system) =>
        system == settings.NativeSystem || settings.ExtraSystems.Contains(system);

    /// <returns>True when an emulator must run the builder.</returns>
    public bool NeedsEmulator(BuildStep step) =>
        !step.Derivation.IsBuiltin && !IsNative(step.Derivation.System.ToString());

    /// <returns>What must be valid before the emulator can be prepared.</returns>
    public IEnumerable<DerivedPath> Requirements(BuildStep step)
    {
        if (!NeedsEmulator(step) || emulators is null)
            yield break;
        var system = step.Derivation.System.ToString();
        if (!emulators.CanEmulate(system))
            yield break;
        if (emulators.Requirement(system) is { } emulator)
            yield return emulator;
        if (emulators.ShellRequirement(system) is { } shell)
            yield return shell;
    }

    /// <returns>Null when the builder runs natively.</returns>
    public PreparedEmulator? Prepare(BuildStep step) =>
        NeedsEmulator(step) ? emulators?.Prepare(step.Derivation.System.ToString()) : null;

    /// <exception cref="BuildException">This machine cannot build it; the message is stock's.</exception>
    public void Check(BuildStep step, string derivationPath)
    {
        var reasons = new List<string>();
        if (settings.Limits.BuildsMax == 0 && !step.IsFetch)
        {
            reasons.Add(
                "Reason: local builds are disabled (max-jobs = 0)\n"
                    + "Hint: set 'max-jobs' to a non-zero value to enable local builds, "
                    + "or configure remote builders via 'builders'"
            );
        }

        var system = step.Derivation.System.ToString();
        if (NeedsEmulator(step) && emulators?.CanEmulate(system) != true)
        {
            reasons.Add(
                $"Reason: platform mismatch\nRequired system: '{system}'\n"
                    + $"Current system: '{settings.NativeSystem}'"
            );
        }

        var required = step.Options.RequiredFeatures;
        if (required.Any(feature => !settings.SystemFeatures.Contains(feature)))
        {
            reasons.Add(
                $"Reason: missing system features\nRequired features: {{{Listing(required)}}}\n"
                    + $"Available features: {{{Listing(settings.SystemFeatures)}}}"
            );
        }

        if (reasons.Count > 0)
        {
            throw BuildException.Rejected(
                $"Cannot build '{derivationPath}'.\n{string.Join('\n', reasons)}"
            );
        }
    }

    private static string Listing(IEnumerable<string> features) =>
        string.Join(", ", features.Order(StringComparer.Ordinal));
}
