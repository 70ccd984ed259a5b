using Ferry.Build.Attributes;
using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;
using Ferry.Store;

namespace Ferry.Build.Goals;

/// <summary>Reads derivations from a store as steps.</summary>
internal static class StepReader
{
    /// <exception cref="StoreException">There is no such derivation, or its file is broken.</exception>
    /// <exception cref="BuildException">It is of a kind that cannot be built, or an attribute is wrong.</exception>
    public static BuildStep Read(IStore store, StorePath path)
    {
        var derivation = store.ReadDerivation(path);
        var name = store.Directory.Format(path);
        if (derivation.Kind is not (DerivationKind.InputAddressed or DerivationKind.Fixed))
        {
            throw BuildException.Rejected(
                $"cannot build '{name}': experimental Nix feature 'ca-derivations' is disabled; "
                    + "content-addressed and impure derivations are not supported yet"
            );
        }

        try
        {
            return new BuildStep(
                path,
                derivation,
                BuildOptions.Of(derivation, store.Directory),
                SortedMap<ByteString, StorePath>.From(derivation.KnownOutputPaths(store.Paths))
            );
        }
        catch (Exception failure) when (failure is BuildException or BadFormatException)
        {
            throw BuildException.General(
                $"while parsing derivation '{name}': {failure.Message}",
                failure
            );
        }
    }
}
