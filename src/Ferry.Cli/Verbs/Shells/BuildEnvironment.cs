using System.Text.Json;
using Ferry.Build.Attributes;
using Ferry.Formats.Json;

namespace Ferry.Cli.Verbs.Shells;

/// <summary>The state of a builder's shell before its first phase, as an environment derivation has reported it.</summary>
internal sealed class BuildEnvironment
{
    private const string ShellFile = StructuredAttributes.ShellFileName;
    private const string JsonFile = StructuredAttributes.JsonFileName;

    private static readonly char[] s_blanks = [' ', '\t', '\n', '\r'];

    public required SortedDictionary<string, ShellValue> Variables { get; init; }

    /// <summary>Bodies by name, without the braces.</summary>
    public required SortedDictionary<string, string> Functions { get; init; }

    /// <summary>The two files of structured attributes; null without these.</summary>
    public (string Shell, string Json)? Structured { get; init; }

    /// <summary>The system that the environment is for; null where it does not say.</summary>
    public string? System => Variables.ContainsKey("system") ? TextOf("system") : null;

    /// <param name="json">What <c>get-env.sh</c> wrote.</param>
    /// <exception cref="CommandException">It is something else.</exception>
    public static BuildEnvironment Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var variables = new SortedDictionary<string, ShellValue>(StringComparer.Ordinal);
            foreach (var variable in root.GetProperty("variables").EnumerateObject())
            {
                if (Read(variable.Value) is { } value)
                    variables[variable.Name] = value;
            }

            return new()
            {
                Variables = variables,
                Functions = Texts(root.GetProperty("bashFunctions")),
                Structured = root.TryGetProperty("structuredAttrs", out var files)
                    ? (Text(files, ShellFile), Text(files, JsonFile))
                    : null,
            };
        }
        catch (Exception failure)
            when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CommandException($"this is not a build environment: {failure.Message}");
        }
    }

    /// <summary>The value of a variable that must be a text.</summary>
    /// <exception cref="CommandException">There is none, or it is an array.</exception>
    public string TextOf(string name) =>
        Variables.TryGetValue(name, out var value) && value is ShellValue.Text text
            ? text.Content
            : throw new CommandException($"bash variable '{name}' is not a string");

    /// <summary>Names of outputs and their paths.</summary>
    /// <exception cref="CommandException">The environment does not say.</exception>
    public IEnumerable<KeyValuePair<string, string>> Outputs() =>
        Variables.GetValueOrDefault("outputs") switch
        {
            ShellValue.Pairs pairs when Structured is not null => pairs.Members,
            ShellValue.Text text => text
                .Content.Split(s_blanks, StringSplitOptions.RemoveEmptyEntries)
                .Select(Named),
            ShellValue.Words words => words.Elements.Select(Named),
            // A derivation that was made by hand need not have the list.
            null => [Named("out")],
            _ => throw new CommandException("the build environment does not name its outputs"),
        };

    public string ToJson(bool isIndented)
    {
        var json = new JsonWriter(isIndented);
        json.StartObject();
        json.Name("bashFunctions");
        Write(json, Functions);
        if (Structured is { } files)
        {
            json.Name("structuredAttrs");
            json.StartObject();
            json.Member(JsonFile, files.Json);
            json.Member(ShellFile, files.Shell);
            json.EndObject();
        }

        json.Name("variables");
        json.StartObject();
        foreach (var (name, value) in Variables)
        {
            json.Name(name);
            Write(json, value);
        }

        json.EndObject();
        json.EndObject();
        return json.ToString();
    }

    private KeyValuePair<string, string> Named(string output) => new(output, TextOf(output));

    private static void Write(JsonWriter json, ShellValue value)
    {
        json.StartObject();
        switch (value)
        {
            case ShellValue.Text text:
                json.Member("type", text.IsExported ? "exported" : "var");
                json.Member("value", text.Content);
                break;
            case ShellValue.Words words:
                json.Member("type", "array");
                json.Name("value");
                json.StartList();
                foreach (var element in words.Elements)
                    json.Value(element);
                json.EndList();
                break;
            case ShellValue.Pairs pairs:
                json.Member("type", "associative");
                json.Name("value");
                Write(json, pairs.Members);
                break;
        }

        json.EndObject();
    }

    private static void Write(JsonWriter json, IReadOnlyDictionary<string, string> members)
    {
        json.StartObject();
        foreach (var (name, text) in members)
            json.Member(name, text);
        json.EndObject();
    }

    // Null for what a shell cannot be told.
    private static ShellValue? Read(JsonElement variable)
    {
        var type = Text(variable, "type");
        return type switch
        {
            "var" or "exported" => new ShellValue.Text(Text(variable, "value"), type == "exported"),
            "array" => new ShellValue.Words([
                .. variable.GetProperty("value").EnumerateArray().Select(word => word.GetString()!),
            ]),
            "associative" => new ShellValue.Pairs(Texts(variable.GetProperty("value"))),
            _ => null,
        };
    }

    private static SortedDictionary<string, string> Texts(JsonElement members)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in members.EnumerateObject())
            texts[member.Name] = member.Value.GetString()!;
        return texts;
    }

    private static string Text(JsonElement parent, string name) =>
        parent.GetProperty(name).GetString()!;
}
