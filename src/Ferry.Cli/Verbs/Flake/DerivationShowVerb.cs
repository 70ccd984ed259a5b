using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Formats;
using Ferry.Formats.Derivations;
using Ferry.Formats.Json;
using Ferry.Formats.StorePaths;

namespace Ferry.Cli.Verbs.Flake;

internal sealed class DerivationShowVerb : Verb
{
    private readonly InstallableOptions _installables = new();
    private bool _isRecursive;

    public override string Path => "derivation show";

    public override string Summary => "show derivations as JSON";

    public override string Operands => "INSTALLABLE...";

    public override InstallableOptions Installables => _installables;

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        _installables.Declare(options, shared);
        options.Switch(
            "--recursive -r",
            "the derivations they need as well",
            () => _isRecursive = true
        );
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        var found = new Dictionary<StorePath, Derivation>();
        var waiting = new Stack<StorePath>();
        foreach (var target in _installables.Targets(session, operands))
            waiting.Push(StorePathOptions.Paths(session, target, takesDerivations: true).Single());
        while (waiting.TryPop(out var path))
        {
            if (found.ContainsKey(path))
                continue;
            var derivation = session.Store.ReadDerivation(path);
            found.Add(path, derivation);
            if (!_isRecursive)
                continue;
            foreach (var input in derivation.InputDerivations.Keys)
                waiting.Push(input);
        }

        var json = new JsonWriter(isIndented: session.Options.IndentsJson);
        DerivationJson.Write(json, SortedMap<StorePath, Derivation>.From(found));
        session.Write(json.Written);
        session.Write("\n"u8);
        return ExitCode.Success;
    }
}
