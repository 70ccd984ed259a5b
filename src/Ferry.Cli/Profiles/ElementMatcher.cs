using System.Text;
using Ferry.Builtins.RegularExpressions;
using Ferry.Cli.CommandLine;
using Ferry.Cli.Composition;
using Ferry.Cli.Verbs;

namespace Ferry.Cli.Profiles;

/// <summary>By which a person says which packages of a profile a command is about: names, store paths, <c>--regex</c>, <c>--all</c>.</summary>
internal sealed class ElementMatcher
{
    private readonly List<Rule> _rules = [];
    private bool _takesAll;

    public void Declare(OptionTable options)
    {
        options.Switch("--all", "every package of the profile", () => _takesAll = true);
        options.Read(
            "--regex",
            "PATTERN",
            "packages that match a regular expression",
            ByPattern,
            _rules.Add
        );
    }

    /// <param name="session">Takes warnings.</param>
    /// <param name="operands">As typed.</param>
    /// <param name="manifest">What the profile has.</param>
    /// <param name="purpose">What the command does with them: <c>remove</c>.</param>
    /// <returns>Names of elements, in order; none after a warning.</returns>
    /// <exception cref="UsageException">Nothing was named, or something besides <c>--all</c>.</exception>
    public IReadOnlyList<string> Find(
        Session session,
        IReadOnlyList<string> operands,
        ProfileManifest manifest,
        string purpose
    )
    {
        var found = Find(session, operands, manifest);
        if (found.Count == 0)
            session.Warn(
                $"No packages to {purpose}. Use '{session.Options.Program} profile list' to see the current profile."
            );
        return found;
    }

    private IReadOnlyList<string> Find(
        Session session,
        IReadOnlyList<string> operands,
        ProfileManifest manifest
    )
    {
        foreach (var operand in operands)
            _rules.Add(ByOperand(session, operand));
        if (!_takesAll && _rules.Count == 0)
            throw session.Usage("No packages specified.");
        if (_takesAll && _rules.Count > 0)
            throw session.Usage("--all cannot be used with package names or regular expressions.");
        if (manifest.Elements.Count == 0)
        {
            session.Warn("There are no packages in the profile.");
            return [];
        }

        if (_takesAll)
            return [.. manifest.Elements.Keys];
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var rule in _rules)
        {
            var names = manifest
                .Elements.Where(pair => rule.Matches(pair.Key, pair.Value))
                .Select(pair => pair.Key)
                .ToList();
            if (names.Count == 0)
                session.Warn($"{rule.Title} does not match any packages in the profile.");
            found.UnionWith(names);
        }

        return [.. found];
    }

    private static Rule ByPattern(string pattern)
    {
        try
        {
            // Letters of either case are the same.
            var regex = PosixRegex.Compile(Encoding.UTF8.GetBytes(Lower(pattern)));
            return new(
                $"Regex '{pattern}'",
                (_, element) =>
                    regex.MatchWhole(Encoding.UTF8.GetBytes(Lower(element.Identifier))) is not null
            );
        }
        catch (RegexSyntaxException failure)
        {
            throw new Formats.BadFormatException(
                $"'{pattern}' is not a regular expression: {failure.Message}",
                failure
            );
        }
    }

    private static Rule ByOperand(Session session, string operand)
    {
        if (ulong.TryParse(operand, out var index))
            throw new CommandException($"'nix profile' no longer supports indices ('{index}')");
        if (session.Site.Directory.TryParse(operand) is { } path)
            return new($"Store path '{path}'", (_, element) => element.Paths.Contains(path));
        return new($"Package name '{operand}'", (name, _) => name == operand);
    }

    private static string Lower(string text) =>
        string.Create(
            text.Length,
            text,
            static (characters, source) =>
            {
                for (var at = 0; at < source.Length; at++)
                    characters[at] = char.IsAsciiLetterUpper(source[at])
                        ? (char)(source[at] | 0x20)
                        : source[at];
            }
        );

    private sealed record Rule(string Title, Func<string, ProfileElement, bool> Matches);
}
