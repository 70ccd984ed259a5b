using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ferry.Debian.Locks;

/// <summary>The pins of one architecture: <c>packages/bootstrap/lock/ARCHITECTURE.json</c>.</summary>
public sealed record PackageLock
{
    public required string Suite { get; init; }

    /// <summary>Debian's word: <c>amd64</c>.</summary>
    public required string Architecture { get; init; }

    public required SortedDictionary<string, LockedPackage> Packages { get; init; }

    /// <exception cref="DebianException">The text is no lock.</exception>
    public static PackageLock Parse(string json)
    {
        try
        {
            var parsed =
                JsonSerializer.Deserialize(json, LockJson.Default.PackageLock)
                ?? throw new DebianException("the lock is null");
            foreach (var (name, package) in parsed.Packages)
                Check(name, package, parsed);
            return parsed;
        }
        catch (JsonException exception)
        {
            throw new DebianException($"the lock cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The text of the file: the same for equal locks.</summary>
    public string Format() =>
        JsonSerializer.Serialize(this, LockJson.CreateReadable().PackageLock) + "\n";

    /// <summary>What differs in another lock, a line a package, in order of name.</summary>
    public IEnumerable<string> ChangesTo(PackageLock newer)
    {
        foreach (var name in Packages.Keys.Union(newer.Packages.Keys).Order(StringComparer.Ordinal))
        {
            var before = Packages.GetValueOrDefault(name);
            var after = newer.Packages.GetValueOrDefault(name);
            if (before is null)
                yield return $"{name}: {after!.Version} is new";
            else if (after is null)
                yield return $"{name}: {before.Version} is no longer needed";
            else if (before.Version != after.Version)
                yield return $"{name}: {before.Version} -> {after.Version}";
            else if (before.Sha256 != after.Sha256)
                yield return $"{name}: {before.Version} was built again";
        }
    }

    private static void Check(string name, LockedPackage package, PackageLock parsed)
    {
        if (
            package.Sha256.Length != 64
            || !package.Sha256.All(c => char.IsAsciiDigit(c) || c is >= 'a' and <= 'f')
        )
            throw new DebianException(
                $"the lock's SHA-256 of '{name}' is not 64 lower-case hexadecimal digits"
            );
        if (package.Size <= 0)
            throw new DebianException($"the lock's size of '{name}' is not positive");
        if (package.Depends.FirstOrDefault(need => !parsed.Packages.ContainsKey(need)) is { } lost)
            throw new DebianException($"the lock lacks '{lost}', which '{name}' needs");
    }
}

/// <summary>Which packages the locks hold: <c>packages/bootstrap/roots.json</c>.</summary>
public sealed record LockRoots
{
    public required string Suite { get; init; }

    public required string Component { get; init; }

    public required IReadOnlyList<RootGroup> Roots { get; init; }

    /// <summary>Patterns of names whose packages nobody needs, although something depends on them.</summary>
    // The reader of JSON assigns null where the file says nothing.
    public IReadOnlyList<string> Omit
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Every architecture that has roots, in order.</summary>
    public IEnumerable<string> Architectures =>
        Roots.SelectMany(group => group.Architectures).Distinct().Order(StringComparer.Ordinal);

    /// <exception cref="DebianException">The text is not of this form.</exception>
    public static LockRoots Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LockJson.Default.LockRoots)
                ?? throw new DebianException("the roots are null");
        }
        catch (JsonException exception)
        {
            throw new DebianException($"the roots cannot be read: {exception.Message}", exception);
        }
    }

    public IEnumerable<string> RootsOf(string architecture) =>
        Roots
            .Where(group => group.Architectures.Contains(architecture))
            .SelectMany(group => group.Packages);
}

/// <param name="Architectures">Debian's words.</param>
/// <param name="Packages">Names that are pinned for each of them, with all that they need.</param>
public sealed record RootGroup(IReadOnlyList<string> Architectures, IReadOnlyList<string> Packages);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(PackageLock))]
[JsonSerializable(typeof(LockRoots))]
[JsonSerializable(typeof(SourcePin))]
internal sealed partial class LockJson : JsonSerializerContext
{
    /// <summary>
    /// Writes one line a value, and "+" as it is: it is the most common character that would be escaped.
    /// </summary>
    public static LockJson CreateReadable() =>
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                WriteIndented = true,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
