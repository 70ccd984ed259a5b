using System.Text;
using Ferry.Builtins.RegularExpressions;
using Ferry.Cli.Verbs;
using Ferry.Formats.Versions;

namespace Ferry.Cli.Profiles;

/// <summary>A package's name as a person may give it to <c>nix-env</c>: a regular expression, perhaps with a version.</summary>
internal sealed class PackageSelector
{
    public const string Everything = "*";

    private readonly PackageName _wanted;
    private readonly PosixRegex? _pattern;

    /// <exception cref="CommandException">The name is no regular expression.</exception>
    public PackageSelector(string text)
    {
        _wanted = PackageName.Parse(text);
        if (_wanted.Name == Everything)
            return;
        try
        {
            _pattern = PosixRegex.Compile(Encoding.UTF8.GetBytes(_wanted.Name));
        }
        catch (RegexSyntaxException failure)
        {
            throw new CommandException(
                $"selector '{text}' is not a regular expression: {failure.Message}"
            );
        }
    }

    public string Text => _wanted.FullName;

    public string Name => _wanted.Name;

    public bool Matches(PackageName name) =>
        (_pattern is null || _pattern.MatchWhole(Encoding.UTF8.GetBytes(name.Name)) is not null)
        && (_wanted.Version.Length == 0 || _wanted.Version == name.Version);
}
