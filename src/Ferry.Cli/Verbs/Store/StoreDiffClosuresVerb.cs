using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Progress;
using Ferry.Store.Closures;

namespace Ferry.Cli.Verbs.Store;

internal sealed class StoreDiffClosuresVerb : Verb
{
    // In colours wherever the output goes, as stock has it.
    private const string Red = "\e[31;1m";
    private const string Green = "\e[32;1m";
    private const string Plain = "\e[0m";

    private readonly InstallableOptions _installables = new();

    public override string Path => "store diff-closures";

    public override string Summary => "show which packages two closures have in different versions";

    public override string Operands => "BEFORE AFTER";

    public override void Declare(OptionTable options, SessionOptions shared) =>
        _installables.Declare(options, shared);

    public override ExitCode Run(Session session, IReadOnlyList<string> operands)
    {
        if (operands.Count < 2)
            throw session.Usage("more arguments are required");
        if (operands.Count > 2)
            throw session.Usage($"unexpected argument '{operands[2]}'");
        var (before, after) = (
            _installables.BuiltPath(session, operands[0]),
            _installables.BuiltPath(session, operands[1])
        );
        foreach (var difference in ClosureDifference.Between(session.Store, before, after))
            session.Output.WriteLine(Text(difference));
        return ExitCode.Success;
    }

    private static string Text(ClosureDifference difference)
    {
        var parts = new List<string>();
        if (difference.HasVersions)
            parts.Add($"{Versions(difference.Removed)} → {Versions(difference.Added)}");
        if (difference.ShowsGrowth)
            parts.Add(
                $"{(difference.Growth > 0 ? Red : Green)}{SizeText.Of(difference.Growth)}{Plain}"
            );
        return $"{difference.Name}: {string.Join(", ", parts)}";
    }

    private static string Versions(IReadOnlyList<string> versions) =>
        versions.Count == 0
            ? "∅"
            : string.Join(
                ", ",
                versions
                    .Select(version => version.Length == 0 ? "ε" : version)
                    .Order(StringComparer.Ordinal)
            );
}
