using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Profiles;
using Ferry.Cli.Verbs.Store;

namespace Ferry.Cli.Verbs.Classic;

/// <summary><c>nix-collect-garbage</c>: old generations if asked for, then what nothing needs.</summary>
internal sealed class NixCollectGarbageVerb : Verb
{
    private readonly CollectorRun _collector = new();
    private bool _deletesOld;
    private string? _age;
    private bool _isDryRun;

    public override string Path => "nix-collect-garbage";

    public override string Summary => "delete what nothing needs with stock's old command";

    public override void Declare(OptionTable options, SessionOptions shared)
    {
        options.Switch(
            "--delete-old -d",
            "first delete the generations of profiles that are not current",
            () => _deletesOld = true
        );
        options.Value(
            "--delete-older-than",
            "AGE",
            "first delete generations that have not been current for so many days, such as 30d",
            text => (_deletesOld, _age) = (true, text)
        );
        options.Switch("--dry-run", "only say what would be done", () => _isDryRun = true);
        _collector.DeclareLimit(options, "--max-freed");
    }

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        session.NoOperands(operands);
        if (_deletesOld)
            new OldGenerations(session, _age, _isDryRun).Delete();
        return _isDryRun ? _collector.Preview(session) : _collector.Collect(session);
    }
}
