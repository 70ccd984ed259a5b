using Ferry.Cli.Composition;
using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;

namespace Ferry.Cli.Installables;

/// <summary>Looks at every output of a flake and says what is wrong with it. On the evaluation thread.</summary>
internal sealed class FlakeChecks(Session session, EvaluationSite site, bool checksAllSystems)
{
    private static readonly Dictionary<string, string> s_replacements = new(StringComparer.Ordinal)
    {
        ["defaultPackage"] = "packages.<system>.default",
        ["defaultApp"] = "apps.<system>.default",
        ["defaultTemplate"] = "templates.default",
        ["defaultBundler"] = "bundlers.<system>.default",
        ["overlay"] = "overlays.default",
        ["devShell"] = "devShells.<system>.default",
        ["nixosModule"] = "nixosModules.default",
    };

    // Outputs of projects around Nix, whose shape is theirs.
    private static readonly HashSet<string> s_unchecked =
    [
        "lib",
        "darwinConfigurations",
        "darwinModules",
        "flakeModule",
        "flakeModules",
        "herculesCI",
        "homeConfigurations",
        "homeModule",
        "homeModules",
        "nixopsConfigurations",
    ];

    private readonly FlakeItemChecks _items = new(session, site);

    /// <summary>What <c>checks</c> of this system are to be built.</summary>
    public List<Target> Targets { get; } = [];

    public SortedSet<string> OmittedSystems { get; } = new(StringComparer.Ordinal);

    public bool HasErrors => _items.HasErrors;

    public void Run(Value flake)
    {
        var outputs = Member(flake.Force().AsAttributeSet, "outputs").Force();
        if (!outputs.IsAttributeSet)
            throw EvaluationException.WrongType(
                $"the outputs of a flake must be a set, not {EvaluationSite.Describe(outputs)}"
            );
        // First, as stock has it: nothing may be built for these.
        foreach (
            var (name, value, position) in Members(outputs).OrderBy(m => m.Name != "hydraJobs")
        )
            _items.Try(
                position,
                $"while checking flake output '{name}'",
                () => Check(name, value, position)
            );
    }

    private void Check(string name, Value value, Position position)
    {
        value = value.Force();
        if (s_replacements.TryGetValue(name, out var replacement))
            session.Warn(
                $"flake output attribute '{name}' is deprecated; use '{replacement}' instead"
            );
        switch (name)
        {
            case "checks":
                EachOfSystem(
                    name,
                    value,
                    (path, item, at) => Keep(_items.Derivation(path, item, at), path)
                );
                break;
            case "packages" or "devShells":
                EachOfSystem(name, value, (path, item, at) => _items.Derivation(path, item, at));
                break;
            case "formatter" or "defaultPackage" or "devShell":
                EachSystem(name, value, (path, item, at) => _items.Derivation(path, item, at));
                break;
            case "apps":
                EachOfSystem(name, value, _items.App);
                break;
            case "defaultApp":
                EachSystem(name, value, _items.App);
                break;
            case "bundlers":
                EachOfSystem(name, value, _items.Bundler);
                break;
            case "defaultBundler":
                EachSystem(name, value, _items.Bundler);
                break;
            case "legacyPackages":
                EachSystem(name, value, (_, _, _) => { });
                break;
            case "overlay":
                _items.Overlay(name, value, position);
                break;
            case "nixosModule":
                _items.Module(name, value, position);
                break;
            case "defaultTemplate":
                _items.Template(name, value, position);
                break;
            case "hydraJobs":
                _items.Jobs(name, value, position);
                break;
            case "overlays" or "nixosModules" or "nixosConfigurations" or "templates":
                foreach (var (item, member, at) in Members(value))
                    CheckItem(name, $"{name}.{item}", member, at);
                break;
            default:
                if (!s_unchecked.Contains(name))
                    session.Warn($"unknown flake output '{name}'");
                break;
        }
    }

    private void CheckItem(string kind, string path, Value value, Position position)
    {
        Action<string, Value, Position> check = kind switch
        {
            "overlays" => _items.Overlay,
            "nixosModules" => _items.Module,
            "nixosConfigurations" => _items.Configuration,
            _ => _items.Template,
        };
        check(path, value, position);
    }

    private void EachSystem(string name, Value value, Action<string, Value, Position> check)
    {
        foreach (var (system, member, position) in Members(value))
        {
            if (!system.Contains('-'))
                _items.Try(
                    Position.None,
                    null,
                    () =>
                        throw EvaluationException.Failed(
                            $"'{system}' is not a valid system type, at {position}"
                        )
                );
            if (checksAllSystems || system == site.System)
                check($"{name}.{system}", member, position);
            else
                OmittedSystems.Add(system);
        }
    }

    private void EachOfSystem(string name, Value value, Action<string, Value, Position> check) =>
        EachSystem(
            name,
            value,
            (path, set, _) =>
            {
                foreach (var (item, member, position) in Members(set))
                    check($"{path}.{item}", member, position);
            }
        );

    private void Keep(AttributeSet? derivation, string path)
    {
        if (
            derivation is { } set
            && path.StartsWith($"checks.{site.System}.", StringComparison.Ordinal)
        )
            Targets.Add(
                PackageReader.Read(site.Evaluator, set, new OutputSelection(null, IsAll: true))
            );
    }

    private static Value Member(AttributeSet set, string name) =>
        set.TryGet(Symbols.Of(name), out var value)
            ? value
            : throw new System.Diagnostics.UnreachableException();

    internal static List<(string Name, Value Value, Position Position)> Members(Value value)
    {
        var forced = value.Force();
        if (!forced.IsAttributeSet)
            throw EvaluationException.WrongType(
                $"expected a set but found {EvaluationSite.Describe(forced)}"
            );
        var set = forced.AsAttributeSet;
        var members = new List<(string, Value, Position)>(set.Count);
        foreach (var index in set.NameOrder())
            members.Add((set.SymbolAt(index).ToString(), set[index], set.PositionAt(index)));
        return members;
    }
}
