using System.Text;
using Ferry.Builtins.Derivations;
using Ferry.Cli.Progress;
using Ferry.Evaluation;
using Ferry.Evaluation.Errors;
using Ferry.Evaluation.Memory;
using Ferry.Formats.StorePaths;
using Ferry.Formats.Versions;
using Ferry.Syntax.Diagnostics;

namespace Ferry.Cli.Profiles;

/// <summary>Answers about packages, and the table of them. On the evaluation thread.</summary>
/// <param name="run">The evaluation.</param>
/// <param name="options">What to show.</param>
/// <param name="others">The packages to compare versions with.</param>
/// <param name="installed">Output paths of what is installed.</param>
internal sealed class PackageQuery(
    EnvironmentRun run,
    PackageQueryOptions options,
    IReadOnlyList<PackageInformation> others,
    IReadOnlySet<StorePath> installed
)
{
    private const int Gap = 2;

    private readonly StoreDirectory _directory = run.Session.Site.Directory;

    public EnvironmentRun Run => run;

    public byte[] Table(IReadOnlyList<PackageInformation> packages)
    {
        var rows = new List<List<string>>();
        ForEach(packages, package => rows.Add(Columns(package)));
        var widths = new int[rows.Count > 0 ? rows[0].Count : 0];
        foreach (var row in rows)
        {
            for (var column = 0; column < row.Count; column++)
                widths[column] = Math.Max(widths[column], Encoding.UTF8.GetByteCount(row[column]));
        }

        var text = new StringBuilder();
        foreach (var row in rows)
        {
            for (var column = 0; column < row.Count; column++)
            {
                var cell = row[column];
                text.Append(cell.Replace('\n', ' '));
                if (column < row.Count - 1)
                    text.Append(' ', widths[column] - Encoding.UTF8.GetByteCount(cell) + Gap);
            }

            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Looks at each package; those that fail by an assertion are passed over.</summary>
    public void ForEach(IEnumerable<PackageInformation> packages, Action<PackageInformation> look)
    {
        foreach (var package in packages)
        {
            var mark = Trail.Mark();
            try
            {
                if (!options.IsPrebuiltOnly || IsValid(package))
                    look(package);
            }
            catch (EvaluationException failure) when (failure.IsCatchable)
            {
                Trail.Unwind(mark, failure);
            }
            catch (EvaluationException failure)
                when (failure.AddTrace(
                        Position.None,
                        $"while querying the derivation named '{package.Name}'"
                    )
                )
            {
                throw;
            }
        }
    }

    public bool IsValid(PackageInformation package) =>
        run.Session.Store.IsValid(package.OutputPath);

    public bool IsInstalled(PackageInformation package) => installed.Contains(package.OutputPath);

    public string Format(StorePath path) => _directory.Format(path);

    /// <summary>How a version relates to those of the same name on the other side, and to which of them.</summary>
    /// <returns><c>&lt;</c> where a newer one is there, <c>=</c>, <c>></c>; <c>-</c> without one of that name.</returns>
    public (char Relation, string Version) Compare(PackageInformation package)
    {
        var name = package.ParsedName;
        var (relation, version) = ('-', "?");
        foreach (var other in others.Select(other => other.ParsedName))
        {
            if (other.Name != name.Name)
                continue;
            var order = PackageName.CompareVersions(name.Version, other.Version);
            if (order < 0)
                (relation, version) = ('<', other.Version);
            else if (relation != '<' && order == 0)
                (relation, version) = ('=', other.Version);
            else if (relation is not ('<' or '=') && order > 0)
            {
                relation = '>';
                if (version.Length == 0 || PackageName.CompareVersions(version, other.Version) < 0)
                    version = other.Version;
            }
        }

        return (relation, version);
    }

    private List<string> Columns(PackageInformation package)
    {
        var columns = new List<string>();
        // What could be fetched and need not be built would have an S.
        if (options.ShowsStatus)
            columns.Add($"{(IsInstalled(package) ? 'I' : '-')}{(IsValid(package) ? 'P' : '-')}-");
        if (options.ShowsAttributePath)
            columns.Add(package.AttributePath);
        if (options.ShowsName)
            columns.Add(package.Name);
        if (options.ComparesVersions)
        {
            var (relation, version) = Compare(package);
            var text = $"{relation} {version}";
            columns.Add(
                relation == '<' && Terminal.UsesColour(run.Session.Options.Environment)
                    ? TerminalColor.Red + text + TerminalColor.Normal
                    : text
            );
        }

        if (options.ShowsSystem)
            columns.Add(package.System);
        if (options.ShowsDerivationPath)
            columns.Add(package.DerivationPath is { } derivation ? Format(derivation) : "-");
        if (options.ShowsOutputPath)
            columns.Add(
                string.Join(
                    ';',
                    package
                        .Outputs()
                        .Select(output =>
                            (output.Key == "out" ? "" : output.Key + "=") + Format(output.Value!)
                        )
                )
            );
        if (options.ShowsDescription)
            columns.Add(package.MetaText("description"));
        return columns;
    }
}
