using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Syntax.Text;

namespace Ferry.Builtins.Derivations;

/// <summary>Explains a failure that comes of a package for the wrong platform among what runs during a build.</summary>
/// <remarks>
/// The attributes are those of nixpkgs' <c>stdenv.mkDerivation</c>: a package carries its <c>stdenv</c>, whose platforms say
/// where it is built and where it runs.
/// </remarks>
internal static class PlatformMistake
{
    private static readonly Symbol s_standardEnvironment = Symbols.Of("stdenv");
    private static readonly Symbol s_buildPlatform = Symbols.Of("buildPlatform");
    private static readonly Symbol s_hostPlatform = Symbols.Of("hostPlatform");
    private static readonly Symbol s_configuration = Symbols.Of("config");
    private static readonly Symbol s_packageName = Symbols.Of("pname");

    // What stands in these is run by the machine that builds.
    private static readonly Symbol[] s_runDuringBuild =
    [
        Symbols.Of("depsBuildBuild"),
        Symbols.Of("depsBuildBuildPropagated"),
        Symbols.Of("nativeBuildInputs"),
        Symbols.Of("nativeCheckInputs"),
        Symbols.Of("nativeInstallCheckInputs"),
        Symbols.Of("propagatedNativeBuildInputs"),
    ];

    /// <summary>Whether the attribute holds what runs during a build.</summary>
    public static bool CanBeIn(Symbol attribute) => Array.IndexOf(s_runDuringBuild, attribute) >= 0;

    /// <summary>Adds what is wrong to the failure of an attribute, if it is that mistake.</summary>
    /// <param name="failure">What evaluating the attribute ended with.</param>
    /// <param name="derivation">The attributes of the derivation.</param>
    /// <param name="index">Of the attribute.</param>
    /// <param name="name">Of the derivation, for the message.</param>
    public static void Explain(
        EvaluationException failure,
        AttributeSet derivation,
        int index,
        string name
    )
    {
        var attribute = derivation.SymbolAt(index);
        if (!failure.IsCatchable)
            return;

        // What is asked for below may be what just failed, or be in the middle of being computed.
        var mark = Trail.Mark();
        try
        {
            if (
                Platform(derivation, s_buildPlatform) is { } build
                && FindOther(derivation[index], build) is var (package, host)
            )
            {
                failure.AddTrace(
                    Position.None,
                    $"'{package}' is a program for {host}, but what stands in '{attribute}' of '{name}' runs on {build} while it is built: 'buildPackages.{package}' is the one for that",
                    isAlwaysShown: true
                );
            }
        }
        catch (EvaluationException)
        {
            // Then the failure says all there is to say.
            Trail.Abandon(mark);
        }
    }

    // The first package that does not run on the platform.
    private static (string Package, string Host)? FindOther(Value list, string platform)
    {
        if (list.Force() is not { IsList: true } packages)
            return null;
        for (var index = 0; index < packages.AsList.Length; index++)
        {
            if (
                packages.AsList[index].Force() is { IsAttributeSet: true } package
                && Platform(package.AsAttributeSet, s_hostPlatform) is { } host
                && host != platform
            )
            {
                var names = package.AsAttributeSet;
                return (Text(names, s_packageName) ?? Text(names, KnownNames.Name) ?? "…", host);
            }
        }

        return null;
    }

    private static string? Platform(AttributeSet package, Symbol which) =>
        package.TryGet(s_standardEnvironment, out var environment)
        && environment.Force() is { IsAttributeSet: true } known
        && known.AsAttributeSet.TryGet(which, out var platform)
        && platform.Force() is { IsAttributeSet: true } described
            ? Text(described.AsAttributeSet, s_configuration)
            : null;

    private static string? Text(AttributeSet set, Symbol name) =>
        set.TryGet(name, out var value) && value.Force() is { IsString: true } text
            ? text.AsString.ToString()
            : null;
}
