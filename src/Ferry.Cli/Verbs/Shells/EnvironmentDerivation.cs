using Ferry.Build.Attributes;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Building;

namespace Ferry.Cli.Verbs.Shells;

/// <summary>
/// A derivation with the inputs and variables of another one that, instead of building, reports the shell it would build in.
/// </summary>
internal static class EnvironmentDerivation
{
    /// <summary>The end of the names of such derivations, and so of their outputs.</summary>
    public const string NameSuffix = "-env";

    private const string ScriptName = "get-env.sh";

    // Conditions on what the build makes, which is not made here.
    private const string StructuredChecks = "outputChecks";

    private static readonly ByteString[] s_checks =
    [
        "allowedReferences",
        "allowedRequisites",
        "disallowedReferences",
        "disallowedRequisites",
    ];

    /// <summary>Builds the environment of a derivation.</summary>
    /// <returns>The store path that holds the report.</returns>
    /// <exception cref="CommandException">The derivation does not build with bash, or its shell reports nothing.</exception>
    public static StorePath Build(Session session, StorePath derivation)
    {
        var store = session.Store;
        var original = store.ReadDerivation(derivation);
        if (Path.GetFileName(original.Builder.ToString()) != "bash")
            throw new CommandException(
                "'nix develop' only works on derivations that use 'bash' as their builder"
            );

        var script = store.AddText(ScriptName, ReadScript(), []);
        var made = store.Hasher.FillOutputPaths(Modify(original, script, store));
        var target = Target.Built(store.AddDerivation(made), outputs: null);
        var result = session.Builds.Build([target], BuildMode.Normal)[0];
        return result.Outputs.Values.FirstOrDefault(output =>
                new FileInfo(store.RealPath(output)) is { Exists: true, Length: > 0 }
            ) ?? throw new CommandException($"{ScriptName} failed to produce an environment");
    }

    private static Derivation Modify(Derivation original, StorePath script, IStore store)
    {
        var name = original.Name + NameSuffix;
        var variables = original.Environment.ToDictionary();
        if (variables.TryGetValue(StructuredAttributes.VariableName, out var json))
            variables[StructuredAttributes.VariableName] = WithoutChecks(json);
        else
            Array.ForEach(s_checks, check => variables.Remove(check));
        variables["name"] = name;
        // Their paths follow from what the derivation has become.
        var outputs = original.Outputs.Select(
            (_, output) =>
                output is DerivationOutput.InputAddressed or DerivationOutput.Fixed
                    ? new DerivationOutput.Deferred()
                    : output
        );
        foreach (var (output, kind) in outputs)
        {
            if (kind is DerivationOutput.Deferred)
                variables[output] = ByteString.Empty;
        }

        return original with
        {
            Name = name,
            Arguments = [store.Directory.Format(script)],
            Environment = SortedMap<ByteString, ByteString>.From(variables),
            InputSources = original.InputSources.Add(script),
            Outputs = outputs,
        };
    }

    private static ByteString WithoutChecks(ByteString json)
    {
        if (AttributeValue.Parse(json.Memory) is not ObjectAttribute attributes)
            return json;
        attributes.Members.Remove(StructuredChecks);
        return attributes.ToString();
    }

    private static byte[] ReadScript()
    {
        using var stream = typeof(EnvironmentDerivation).Assembly.GetManifestResourceStream(
            ScriptName
        )!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
