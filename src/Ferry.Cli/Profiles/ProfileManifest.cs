using System.Text.Json;
using Ferry.Cli.Composition;
using Ferry.Cli.Installables;
using Ferry.Cli.Verbs;
using Ferry.Flakes.References;
using Ferry.Formats;
using Ferry.Formats.Json;
using Ferry.Formats.StorePaths;
using Ferry.Store;
using Ferry.Store.Profiles;

namespace Ferry.Cli.Profiles;

/// <summary>What a profile consists of: the file <c>manifest.json</c> in each generation, version 3.</summary>
/// <remarks>Versions 1 and 2, where packages had no names, and <c>nix-env</c>'s <c>manifest.nix</c> are read as well.</remarks>
internal sealed class ProfileManifest
{
    public const string FileName = "manifest.json";

    private const int Version = 3;

    /// <summary>By name, in the order of names' bytes.</summary>
    public SortedDictionary<string, ProfileElement> Elements { get; } = new(StringComparer.Ordinal);

    public void Add(string name, ProfileElement element)
    {
        var free = name;
        for (var number = 1; Elements.ContainsKey(free); number++)
            free = $"{name}-{number}";
        Elements[free] = element;
    }

    /// <param name="session">Whose store holds it.</param>
    /// <param name="link">The profile, or one of its generations; without either there are no packages.</param>
    /// <exception cref="CommandException">The manifest is of an unknown version, or broken.</exception>
    public static ProfileManifest Read(Session session, string link)
    {
        var manifest = new ProfileManifest();
        if (session.Site.Files.Follow($"{link}/{FileName}") is { } file)
            manifest.Read(session, file);
        else
        {
            foreach (var path in InstalledPackages.OutputPaths(session, link))
            {
                var element = new ProfileElement([path]);
                manifest.Add(ElementName.Of(element), element);
            }
        }

        return manifest;
    }

    /// <summary>The manifest's text.</summary>
    public string ToJson(StoreDirectory directory, bool isIndented = false)
    {
        var json = new JsonWriter(isIndented);
        json.StartObject();
        json.Name("elements");
        json.StartObject();
        foreach (var (name, element) in Elements)
        {
            json.Name(name);
            Write(json, element, directory);
        }

        json.EndObject();
        json.Member("version", Version);
        json.EndObject();
        return json.ToString();
    }

    /// <summary>Puts the environment of these packages into the store.</summary>
    /// <exception cref="EnvironmentConflictException">Two of one priority have the same file.</exception>
    public StorePath Build(Session session)
    {
        var store = session.Store;
        var tree = new EnvironmentTree(session.Site.Files, session.Warn);
        tree.Add(
            Elements.Values.SelectMany(element =>
                element.Paths.Select(path => new EnvironmentPackage(
                    store.Directory.Format(path),
                    element.Priority,
                    element.IsActive
                ))
            )
        );
        tree.AddFile(FileName, System.Text.Encoding.UTF8.GetBytes(ToJson(store.Directory)));
        return store.AddTree(
            new TreeToAdd("profile", tree.Write)
            {
                References = ProfileElement.Sort(
                    Elements.Values.SelectMany(element => element.Paths)
                ),
            }
        );
    }

    private void Read(Session session, FoundFile file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file.RealPath));
            var root = document.RootElement;
            var version = root.TryGetProperty("version", out var number) ? number.GetInt64() : 0;
            if (version is < 1 or > Version)
                throw new CommandException(
                    $"profile manifest \"{file.Path}\" has unsupported version {version}"
                );
            var elements = root.GetProperty("elements");
            if (elements.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in elements.EnumerateObject())
                    Add(member.Name, ReadElement(session, member.Value, version));
                return;
            }

            foreach (var item in elements.EnumerateArray())
            {
                var element = ReadElement(session, item, version);
                Add(ElementName.Of(element), element);
            }
        }
        catch (Exception failure)
            when (failure
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
            )
        {
            throw new CommandException(
                $"profile manifest \"{file.Path}\" is broken: {failure.Message}"
            );
        }
    }

    private static ProfileElement ReadElement(Session session, JsonElement json, long version)
    {
        var (locked, original) = version == 1 ? ("uri", "originalUri") : ("url", "originalUrl");
        var paths = json.GetProperty("storePaths")
            .EnumerateArray()
            .Select(path => session.Store.Directory.Parse(path.GetString()!));
        return new(ProfileElement.Sort(paths))
        {
            IsActive = json.GetProperty("active").GetBoolean(),
            Priority = json.TryGetProperty("priority", out var priority)
                ? priority.GetInt32()
                : ProfileElement.DefaultPriority,
            Source =
                json.TryGetProperty(locked, out var url) && url.GetString() is { Length: > 0 } text
                    ? new(
                        Reference(json.GetProperty(original).GetString()!),
                        Reference(text),
                        json.GetProperty("attrPath").GetString()!,
                        ReadOutputs(json.GetProperty("outputs"))
                    )
                    : null,
        };
    }

    // References in a manifest are whole, and may lead to flakes that are gone.
    private static FlakeReference Reference(string text) =>
        FlakeReference.Parse(text, new FlakeReferenceOptions { AllowsMissing = true });

    private static OutputSelection ReadOutputs(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null)
            return OutputSelection.Default;
        var names = json.EnumerateArray().Select(name => name.GetString()!).ToList();
        return names is ["*"]
            ? new(null, IsAll: true)
            : new([.. names.Select(ByteString.FromString)], IsAll: false);
    }

    private static void Write(JsonWriter json, ProfileElement element, StoreDirectory directory)
    {
        json.StartObject();
        json.Name("active");
        json.Value(element.IsActive);
        if (element.Source is { } source)
        {
            json.Member("attrPath", source.AttributePath);
            json.Member("originalUrl", source.Original.ToString());
            json.Name("outputs");
            WriteOutputs(json, source.Outputs);
        }

        json.Member("priority", element.Priority);
        json.Name("storePaths");
        json.StartList();
        foreach (var path in element.Paths)
            json.Value(directory.Format(path));
        json.EndList();
        if (element.Source is not null)
            json.Member("url", element.Source.Locked.ToString());
        json.EndObject();
    }

    private static void WriteOutputs(JsonWriter json, OutputSelection outputs)
    {
        if (outputs is { IsAll: false, Names: null })
        {
            json.Null();
            return;
        }

        json.StartList();
        foreach (var name in outputs.Names ?? [(ByteString)"*"])
            json.Value(name);
        json.EndList();
    }
}
