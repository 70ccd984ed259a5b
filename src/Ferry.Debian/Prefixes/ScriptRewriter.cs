using System.Text;

namespace Ferry.Debian.Prefixes;

/// <summary>Makes scripts and linker scripts name files by their places in the store.</summary>
internal sealed class ScriptRewriter(
    PrefixTree tree,
    PathMapping mapping,
    PrefixSpecification specification,
    PrefixPlaces places
)
{
    private const string EnvironmentProgram = "env";

    /// <summary>Rewrites every text that <see cref="PrefixTree.Texts"/> found.</summary>
    public void Rewrite()
    {
        foreach (var (path, kind) in tree.Texts)
        {
            var file = tree.RealPath(path);
            // A link of the specification may have taken its place.
            if (!File.Exists(file))
                continue;
            // Latin-1 keeps every byte, whatever the encoding of the text is.
            var text = Encoding.Latin1.GetString(File.ReadAllBytes(file));
            var rewritten =
                kind == PrefixTree.TextKind.Script
                    ? RewriteInterpreter(text)
                    : RewriteLinkerScript(text);
            if (rewritten != text)
                tree.Replace(path, Encoding.Latin1.GetBytes(rewritten));
        }
    }

    /// <summary>
    /// "#!/usr/bin/perl -w" becomes "#!/nix/store/…/bin/perl -w", where an interpreter directory has perl.
    /// </summary>
    private string RewriteInterpreter(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        if (end < 0)
            end = text.Length;
        var words = text[2..end].Split(' ', '\t').Where(word => word.Length > 0).ToList();
        if (words.Count == 0)
            return text;

        var program = words[0][(words[0].LastIndexOf('/') + 1)..];
        var consumed = 1;
        if (program == EnvironmentProgram && words.Count > 1)
        {
            program = words[1];
            consumed = 2;
        }

        if (FindInterpreter(program) is not { } interpreter)
            return text;
        var arguments = string.Concat(words.Skip(consumed).Select(word => ' ' + word));
        return $"#!{interpreter}{arguments}{text[end..]}";
    }

    private string? FindInterpreter(string program) =>
        specification
            .Interpreters.Select(directory => $"{places.Expand(directory)}/{program}")
            .FirstOrDefault(candidate => Path.Exists(places.RealPathOf(candidate)));

    /// <summary>Replaces each absolute path by the one where the file lies now; paths that nothing has stay.</summary>
    private string RewriteLinkerScript(string text)
    {
        var result = new StringBuilder(text.Length);
        var position = 0;
        while (position < text.Length)
        {
            var isStart =
                text[position] == '/' && position > 0 && text[position - 1] is ' ' or '(' or '\t';
            if (!isStart || IsComment(text, position))
            {
                result.Append(text[position++]);
                continue;
            }

            var end = text.AsSpan(position).IndexOfAny(" \t\n)");
            end = end < 0 ? text.Length : position + end;
            result.Append(Locate(text[position..end]));
            position = end;
        }

        return result.ToString();
    }

    private static bool IsComment(string text, int position) =>
        position + 1 < text.Length && text[position + 1] == '*';

    private string Locate(string absolute)
    {
        var path = mapping.Map(absolute);
        return tree.Contains(path)
            ? $"{places.OutputText}/{path}"
            : PrefixTree.FindInCompanions(path, places, specification.Companions) ?? absolute;
    }
}
