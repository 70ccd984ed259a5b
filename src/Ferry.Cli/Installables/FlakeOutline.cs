using System.Text;
using Ferry.Evaluation;
using Ferry.Evaluation.Memory;
using Ferry.Evaluation.Values;
using Ferry.Formats.Json;

namespace Ferry.Cli.Installables;

/// <summary>What an outline of a flake's outputs shows.</summary>
internal sealed class OutlineOptions
{
    public bool ShowsLegacy { get; set; }

    public bool ShowsAllSystems { get; set; }

    /// <summary>The system whose outputs are always shown.</summary>
    public string System { get; set; } = "";

    public bool UsesColour { get; set; }

    /// <summary>Takes a warning, without the word.</summary>
    public Action<string> Warn { get; set; } = _ => { };
}

/// <summary>Goes over the outputs of a flake as lazily as it can, and makes a tree of lines or JSON. On the evaluation thread.</summary>
internal sealed class FlakeOutline(OutlineOptions options)
{
    private const string Forbidden = "'allow-import-from-derivation' is disabled";

    private readonly StringBuilder _text = new();
    private readonly JsonWriter _json = new();
    private bool _isJson;

    public string Text(Value flake, string title)
    {
        Visit(Outputs(flake), [], title, "");
        return _text.ToString();
    }

    public string Json(Value flake)
    {
        _isJson = true;
        Visit(Outputs(flake), [], "", "");
        return _json + "\n";
    }

    private static Value Outputs(Value flake) =>
        Find(flake.Force().AsAttributeSet, "outputs")!.Value;

    private void Visit(Value value, string[] path, string header, string indent)
    {
        if (_isJson)
            _json.StartObject();
        try
        {
            switch (OutputRole.Of(path))
            {
                case OutputRole.Kind.Set:
                    Recurse(value, path, header, indent);
                    break;
                case OutputRole.Kind.Derivation:
                    OfSystem(value, path, header);
                    break;
                case OutputRole.Kind.Jobs:
                    Guarded(path, header, () => DerivationOr(value, path, header, indent));
                    break;
                case OutputRole.Kind.Legacy:
                    Legacy(value, path, header, indent);
                    break;
                case OutputRole.Kind.App:
                    App(value, header);
                    break;
                case OutputRole.Kind.Template:
                    Template(value, header);
                    break;
                default:
                    var (type, words) = OutputRole.Describe(path);
                    if (_isJson)
                        _json.Member("type", type);
                    else
                        Line($"{header}: {Warning(words)}");
                    break;
            }
        }
        catch (EvaluationException) when (path is ["legacyPackages", ..])
        {
            // Sets of that kind have broken parts, and are shown without them.
        }

        if (_isJson)
            _json.EndObject();
    }

    private void Recurse(Value value, string[] path, string header, string indent)
    {
        if (!_isJson)
            Line(header);
        var set = AsSet(value);
        var shown = Names(set).Where(name => HasContent(set, [.. path, name])).ToList();
        for (var index = 0; index < shown.Count; index++)
        {
            var (name, isLast) = (shown[index], index + 1 == shown.Count);
            if (_isJson)
                _json.Name(name);
            Visit(
                Find(set, name)!.Value,
                [.. path, name],
                $"{Green(indent + (isLast ? "└───" : "├───"))}{Bold(name)}",
                indent + (isLast ? "    " : "│   ")
            );
        }
    }

    // What has nothing below it says nothing: frameworks make such sets for laziness' sake.
    private static bool HasContent(AttributeSet set, string[] path)
    {
        if (!OutputRole.MayBeEmpty(path))
            return true;
        try
        {
            var below = AsSet(Find(set, path[^1])!.Value);
            return Names(below).Any(name => HasContent(below, [.. path, name]));
        }
        catch (EvaluationException)
        {
            return true;
        }
    }

    private void OfSystem(Value value, string[] path, string header)
    {
        if (!options.ShowsAllSystems && path[1] != options.System)
        {
            Omit(path, header, "omitted", " (use '--all-systems' to show)");
            return;
        }

        Guarded(
            path,
            header,
            () =>
            {
                if (PackageReader.IsDerivation(value.Force()))
                    Derivation(value.Force().AsAttributeSet, path, header);
                else
                    options.Warn($"{string.Join('.', path)}.name is not a derivation");
            }
        );
    }

    private void Legacy(Value value, string[] path, string header, string indent)
    {
        if (path.Length == 1)
            Recurse(value, path, header, indent);
        else if (!options.ShowsLegacy)
            Omit(path, header, "omitted", " (use '--legacy' to show)");
        else if (!options.ShowsAllSystems && path[1] != options.System)
            Omit(path, header, "omitted", " (use '--all-systems' to show)");
        else
            Guarded(
                path,
                header,
                () =>
                {
                    if (path.Length <= 2 || PackageReader.IsDerivation(value.Force()))
                        DerivationOr(value, path, header, indent);
                }
            );
    }

    private void DerivationOr(Value value, string[] path, string header, string indent)
    {
        if (PackageReader.IsDerivation(value.Force()))
            Derivation(value.Force().AsAttributeSet, path, header);
        else
            Recurse(value, path, header, indent);
    }

    private void Derivation(AttributeSet set, string[] path, string header)
    {
        var name = RequireText(set, "name");
        if (!_isJson)
        {
            Line($"{header}: {OutputRole.WordFor(path)} '{name}'");
            return;
        }

        _json.Member("description", Description(set) ?? "");
        _json.Member("name", name);
        _json.Member("type", "derivation");
    }

    private void App(Value value, string header)
    {
        var set = AsSet(value);
        if (
            Find(set, "type")?.Force() is not { IsString: true } type
            || !type.AsString.Equals("app"u8)
        )
            throw EvaluationException.Failed("not an app definition");
        var description = Description(set);
        if (!_isJson)
        {
            Line($"{header}: app: {Bold(description ?? "no description")}");
            return;
        }

        if (description is not null)
            _json.Member("description", description);
        _json.Member("type", "app");
    }

    private void Template(Value value, string header)
    {
        var description = RequireText(AsSet(value), "description");
        if (!_isJson)
        {
            Line($"{header}: template: {Bold(description)}");
            return;
        }

        _json.Member("description", description);
        _json.Member("type", "template");
    }

    // Outlines build nothing: what would have to be built first is passed over.
    private void Guarded(string[] path, string header, Action show)
    {
        try
        {
            show();
        }
        catch (EvaluationException failure) when (failure.Message.Contains(Forbidden))
        {
            Omit(path, header, "omitted due to use of import from derivation", "");
        }
    }

    private void Omit(string[] path, string header, string word, string hint)
    {
        if (_isJson)
            options.Warn($"{string.Join('.', path)} {word}{hint}");
        else
            Line($"{header} {Warning(word)}{hint}");
    }

    private static string? Description(AttributeSet set) =>
        Find(set, "meta")?.Force() is { IsAttributeSet: true } meta
        && Find(meta.AsAttributeSet, "description")?.Force() is { IsString: true } text
            ? text.AsString.ToString()
            : null;

    private static string RequireText(AttributeSet set, string name) =>
        Find(set, name)?.Force() is not { } value
            ? throw EvaluationException.Failed($"attribute '{name}' missing")
        : value.IsString ? value.AsString.ToString()
        : throw EvaluationException.WrongType(
            $"'{name}' is not a string but {PackageReader.Describe(value)}"
        );

    private static AttributeSet AsSet(Value value)
    {
        var forced = value.Force();
        return forced.IsAttributeSet
            ? forced.AsAttributeSet
            : throw EvaluationException.WrongType(
                $"expected a set but found {PackageReader.Describe(forced)}"
            );
    }

    private static List<string> Names(AttributeSet set)
    {
        var names = new List<string>(set.Count);
        foreach (var index in set.NameOrder())
            names.Add(set.SymbolAt(index).ToString());
        return names;
    }

    private static Value? Find(AttributeSet set, string name) =>
        set.TryGet(Symbols.Of(name), out var value) ? value : null;

    private void Line(string text) => _text.Append(text).Append('\n');

    private string Bold(string text) => Coloured("\e[1m", text);

    private string Green(string text) => Coloured("\e[32;1m", text);

    private string Warning(string text) => Coloured("\e[35;1m", text);

    private string Coloured(string start, string text) =>
        options.UsesColour ? $"{start}{text}\e[0m" : text;
}
