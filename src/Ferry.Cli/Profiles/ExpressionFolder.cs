using System.Text;
using Ferry.Cli.Composition;
using Ferry.Cli.Verbs;
using Ferry.Evaluation.Memory;
using Ferry.Platform.Files;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Profiles;

/// <summary>The value of a Nix file, or of a folder of files and channels such as <c>~/.nix-defexpr</c>.</summary>
/// <remarks>
/// Of a folder without <c>default.nix</c> every file <c>NAME.nix</c> and every folder with one is an attribute; folders in
/// between do not count. Source: Nix manual, "nix-env", and stock 2.34.8.
/// </remarks>
internal sealed class ExpressionFolder(Session session, EvaluationSite site)
{
    private const string Suffix = ".nix";
    private const int AttributesMax = 1024;

    private readonly LogicalFiles _files = session.Site.Files;

    private readonly Dictionary<string, string> _found = new(StringComparer.Ordinal);

    /// <param name="path">Absolute.</param>
    /// <param name="warn">Takes a warning, without the word.</param>
    /// <exception cref="CommandException">It is neither file nor folder.</exception>
    public Value Load(string path, Action<string> warn)
    {
        var found =
            _files.Follow(path) ?? throw new CommandException($"path '{path}' does not exist");
        if (IsExpression(found))
            return site.File(path);
        if (found.Kind != FileKind.Directory)
            throw new CommandException($"path '{path}' is not a directory or a Nix expression");
        Collect(found, warn);
        return site.Text(Text());
    }

    private void Collect(FoundFile folder, Action<string> warn)
    {
        foreach (var bytes in DirectoryListing.Read(folder.RealPath))
        {
            var name = Encoding.UTF8.GetString(bytes);
            // Channels are kept in a profile, whose manifest is no package.
            if (name == InstalledPackages.FileName)
                continue;
            if (_files.Follow($"{folder.Path}/{name}") is not { } file)
                continue;
            var isNamed =
                file.Kind == FileKind.Directory
                || file.Path.EndsWith(Suffix, StringComparison.Ordinal);
            if (IsExpression(file) && isNamed)
                Add(name, folder, file, warn);
            else if (file.Kind == FileKind.Directory)
                Collect(file, warn);
        }
    }

    private void Add(string name, FoundFile folder, FoundFile file, Action<string> warn)
    {
        var attribute = name.EndsWith(Suffix, StringComparison.Ordinal)
            ? name[..^Suffix.Length]
            : name;
        if (_found.TryAdd(attribute, file.Path))
        {
            if (_found.Count == AttributesMax)
                throw new CommandException(
                    $"too many Nix expressions in directory '{folder.Path}'"
                );
            return;
        }

        var hint =
            file.Path.Contains("channels", StringComparison.Ordinal)
            && folder.Path.Contains("channels", StringComparison.Ordinal)
                ? $"\nsuggestion: remove '{attribute}' from either the root channels or the user channels"
                : "";
        warn($"name collision in input Nix expressions, skipping '{file.Path}'{hint}");
    }

    private bool IsExpression(FoundFile file) =>
        file.Kind == FileKind.Regular
        || (
            file.Kind == FileKind.Directory && _files.Follow($"{file.Path}/default.nix") is not null
        );

    // Each is imported when somebody looks at it.
    private string Text()
    {
        var text = new StringBuilder("{ _combineChannels = [ ];\n");
        foreach (var (name, path) in _found)
            text.Append($"{NixText.Quote(name)} = import (/. + {NixText.Quote(path)});\n");
        return text.Append('}').ToString();
    }
}
