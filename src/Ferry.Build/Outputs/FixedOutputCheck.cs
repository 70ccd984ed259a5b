using Ferry.Build.Goals;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;
using Ferry.Store.Building;

namespace Ferry.Build.Outputs;

/// <summary>Compares a fixed output with what the derivation promised of it.</summary>
internal static class FixedOutputCheck
{
    /// <exception cref="BuildException">Another hash, or references, which a fixed output must not have.</exception>
    public static void Check(BuildStep step, BuiltOutput output, StoreDirectory directory)
    {
        if (step.Derivation.Outputs[output.Name] is not DerivationOutput.Fixed specified)
            return;

        var derivationPath = directory.Format(step.Path);
        var got = output.ContentAddress!.Hash;
        if (got != specified.Address.Hash)
        {
            throw BuildException.Of(
                BuildStatus.HashMismatch,
                $"hash mismatch in fixed-output derivation '{derivationPath}':\n"
                    + LikelyUrl(step)
                    + $"  specified: {specified.Address.Hash.ToSri()}\n     got:    {got.ToSri()}"
            );
        }

        if (output.References.Count > 0)
        {
            throw BuildException.Of(
                BuildStatus.HashMismatch,
                "fixed-output derivations must not reference store paths: "
                    + $"'{derivationPath}' references {output.References.Count} distinct paths, "
                    + $"e.g. '{directory.Format(output.References[0])}'"
            );
        }
    }

    // Stock 2.34.8 does not name it. Without it a person has to look into the derivation to see what was fetched.
    private static string LikelyUrl(BuildStep step)
    {
        var environment = step.Derivation.Environment;
        var url = environment.TryGetValue("urls", out var urls)
            ? urls.ToString().Split(' ')[0]
            : "";
        if (url.Length == 0 && environment.TryGetValue("url", out var single))
            url = single.ToString();
        return url.Length == 0 ? "" : $" likely URL: {url}\n";
    }
}
