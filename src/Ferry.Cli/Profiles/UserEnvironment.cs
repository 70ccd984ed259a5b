using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Formats.StorePaths;
using Ferry.Store.Building;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Profiles;

/// <summary>Makes environments of <c>nix-env</c> and switches profiles to them.</summary>
internal sealed class UserEnvironment(Session session, Profile profile)
{
    private const string ManifestName = "env-manifest.nix";

    /// <summary>Builds the packages and their environment, and makes that a new generation.</summary>
    /// <param name="manifest">What is to be in it.</param>
    /// <param name="token">The profile's when the manifest was made.</param>
    /// <returns>False when the profile has changed since; nothing is switched then.</returns>
    public bool TrySwitch(EnvironmentManifest manifest, string token)
    {
        if (manifest.Derivations.Count > 0)
            session.Builds.Build(
                [.. manifest.Derivations.Select(path => Target.Built(path, outputs: null))],
                BuildMode.Normal
            );
        session.Builds.BuildQuietly([
            .. manifest.Outputs.Select(path => new Target(new DerivedPath.Opaque(path))),
        ]);
        var manifestFile = session.Store.AddText(
            ManifestName,
            manifest.Text.Span,
            manifest.References
        );
        var environment = Build(manifestFile, manifest.Words);

        using var held = profile.Lock(session.Note);
        if (profile.Token() != token)
        {
            session.Note($"profile \"{profile.Link}\" changed while we were busy; restarting");
            return false;
        }

        profile.Add(session.Site.Store, environment);
        return true;
    }

    private StorePath Build(StorePath manifest, string words)
    {
        var text = $$"""
            derivation {
              name = "user-environment";
              system = "builtin";
              builder = "builtin:buildenv";
              manifest = builtins.storePath {{NixText.Quote(
                session.Store.Directory.Format(manifest)
            )}};
              derivations = {{NixText.Quote(words)}};
              preferLocalBuild = true;
              allowSubstitutes = false;
            }
            """;
        var derivation = session.Evaluation.Run(site =>
            PackageReader.DerivationPath(site.Evaluator, site.Text(text).Force().AsAttributeSet)
        );
        return session.Builds.BuildQuietly([Target.Built(derivation, outputs: null)])[0].Outputs[
            "out"
        ];
    }
}
