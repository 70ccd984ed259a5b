using System.Globalization;
using Ferry.Build.Attributes;
using Ferry.Build.Goals;
using Ferry.Formats;
using Ferry.Formats.Hashing;
using Ferry.Store;

namespace Ferry.Build.Sandbox;

/// <summary>The variables and files that a builder gets, exactly those of stock Nix.</summary>
/// <remarks>Source: stock 2.34.8, whose builders print these variables; compared with it in the tests.</remarks>
public sealed class BuilderEnvironment
{
    /// <summary>Where the build directory is for a builder in a sandbox, when no setting says otherwise.</summary>
    public const string SandboxTop = "/build";

    private readonly SortedDictionary<ByteString, ByteString> _variables = [];
    private readonly SortedDictionary<string, ByteString> _files = new(StringComparer.Ordinal);
    private readonly ByteRewriter _rewriter;
    private readonly string _top;

    private BuilderEnvironment(ByteRewriter rewriter, string top) =>
        (_rewriter, _top) = (rewriter, top);

    /// <summary>In order of the names; placeholders are replaced.</summary>
    public IEnumerable<KeyValuePair<ByteString, ByteString>> Variables =>
        _variables.Select(variable => new KeyValuePair<ByteString, ByteString>(
            _rewriter.Rewrite(variable.Key),
            _rewriter.Rewrite(variable.Value)
        ));

    /// <summary>Files to write into the build directory before the start, by their names.</summary>
    public IEnumerable<KeyValuePair<string, ByteString>> Files =>
        _files.Select(file => new KeyValuePair<string, ByteString>(
            file.Key,
            _rewriter.Rewrite(file.Value)
        ));

    /// <summary>The builder's arguments after <c>argv[0]</c>; placeholders are replaced.</summary>
    public required IReadOnlyList<ByteString> Arguments { get; init; }

    /// <param name="ready">What is to be built.</param>
    /// <param name="store">Knows the closures that the builder may ask to be told.</param>
    /// <param name="settings">Cores, and the caller's environment for <c>impureEnvVars</c> of fixed-output builds.</param>
    /// <param name="outside">Null when the builder has a sandbox.</param>
    /// <exception cref="BuildException">A graph is asked for of a path that is no input.</exception>
    public static BuilderEnvironment Of(
        ReadyStep ready,
        IStore store,
        BuildSettings settings,
        OutsideView? outside = null
    )
    {
        var (step, _) = ready;
        var rewriter = new ByteRewriter([
            .. step.Outputs.Select(output => new KeyValuePair<ByteString, ByteString>(
                OutputPlaceholder.Of(output.Key),
                store.Directory.Format(output.Value)
            )),
            .. outside?.StandIns ?? [],
        ]);
        var environment = new BuilderEnvironment(rewriter, outside?.BuildTop ?? settings.SandboxTop)
        {
            Arguments = [.. step.Derivation.Arguments.Select(rewriter.Rewrite)],
        };
        environment.AddDefaults(store, settings.EffectiveCores);
        if (step.Options.Structured is { } structured)
            environment.AddStructured(ready, store, structured);
        else
            environment.AddPlain(ready, store);
        environment.AddFixed(step, settings.CallerVariable);
        return environment;
    }

    /// <summary>What a derivation may replace.</summary>
    private void AddDefaults(IStore store, int cores)
    {
        // Not unset: most shells would then search /bin and /usr/bin.
        _variables["PATH"] = "/path-not-set";
        // Not unset: programs would then ask /etc/passwd.
        _variables["HOME"] = "/homeless-shelter";
        _variables["NIX_STORE"] = store.Directory.Path;
        _variables["NIX_BUILD_CORES"] = cores.ToString(CultureInfo.InvariantCulture);
    }

    private void AddStructured(ReadyStep ready, IStore store, ObjectAttribute structured)
    {
        var outputs = ready.Step.Outputs.Keys.Select(name => new KeyValuePair<string, string>(
            name.ToString(),
            OutputPlaceholder.Of(name).ToString()
        ));
        var graphs = ready.Step.Options.ExportedGraphs.Select(
            (_, paths) => ReferenceGraph.Json(store, ReferenceGraph.Of(store, paths, ready.Closure))
        );
        var (json, shell) = StructuredAttributes.Write(
            structured,
            outputs,
            graphs.Select(graph => new KeyValuePair<string, AttributeValue>(
                graph.Key.ToString(),
                graph.Value
            ))
        );
        AddFileVariable("NIX_ATTRS_SH_FILE", StructuredAttributes.ShellFileName, shell);
        AddFileVariable("NIX_ATTRS_JSON_FILE", StructuredAttributes.JsonFileName, json);
    }

    private void AddPlain(ReadyStep ready, IStore store)
    {
        var options = ready.Step.Options;
        foreach (var (name, value) in ready.Step.Derivation.Environment)
        {
            if (options.PassAsFile.Contains(name.ToString()))
                AddFileVariable($"{name}Path", AttributeFileName(name), value);
            else
                _variables[name] = value;
        }

        foreach (var (name, paths) in options.ExportedGraphs)
        {
            var closure = ReferenceGraph.Of(store, paths, ready.Closure);
            _files[name.ToString()] = ReferenceGraph.Text(store, closure);
        }
    }

    private void AddFileVariable(ByteString variable, string fileName, ByteString content)
    {
        _variables[variable] = $"{_top}/{fileName}";
        _files[fileName] = content;
    }

    private static string AttributeFileName(ByteString variable) =>
        $".attr-{Hash.Compute(HashKind.Sha256, variable.Span).Format(HashFormat.Nix32, withKind: false)}";

    /// <summary>What no derivation can replace.</summary>
    private void AddFixed(BuildStep step, Func<string, string?> callerVariable)
    {
        foreach (var name in (string[])["NIX_BUILD_TOP", "TMPDIR", "TEMPDIR", "TMP", "TEMP", "PWD"])
            _variables[name] = _top;

        if (step.Derivation.IsFixedOutput)
        {
            _variables["NIX_OUTPUT_CHECKED"] = "1";
            foreach (var name in step.Options.ImpureVariables)
                _variables[name] = callerVariable(name) ?? "";
        }

        _variables["NIX_LOG_FD"] = "2";
        _variables["TERM"] = "xterm-256color";
    }
}

/// <summary>What a builder without a sandbox finds elsewhere than one in a sandbox.</summary>
/// <param name="BuildTop">Its build directory.</param>
/// <param name="StandIns">Digests of outputs, and the digests of the paths that stand in for them.</param>
public sealed record OutsideView(
    string BuildTop,
    IReadOnlyList<KeyValuePair<ByteString, ByteString>> StandIns
);
