using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ferry.Debian.Prefixes;

/// <summary>
/// What <c>builtin:debian-prefix</c> is to make. Its JSON form is the derivation's <c>specification</c>.
/// </summary>
/// <remarks>
/// Paths in patterns, moves and links are those of the result, after <c>usr/</c> has been taken away and directories
/// were moved. <see cref="OutToken"/> in a value stands for the path of the output.
/// </remarks>
public sealed record PrefixSpecification
{
    public const string OutToken = "@out@";

    /// <summary>Store paths of <c>.deb</c> files.</summary>
    public required IReadOnlyList<string> Packages { get; init; }

    /// <summary>Patterns of files to take; none means all.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Patterns of files to leave out of those.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Patterns of files to take although excluded.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>Directories that change their place; the first that fits a path is used, once.</summary>
    public IReadOnlyList<DirectoryMove> Moves { get; init; } = [];

    /// <summary>Symbolic links to add, name to target. One that a package brings already is replaced.</summary>
    public IReadOnlyDictionary<string, string> Links { get; init; } =
        new Dictionary<string, string>();

    public IReadOnlyList<SystemRelocation> Relocations { get; init; } = [];

    /// <summary>Store paths of prefixes that hold what links and linker scripts name and this prefix lacks.</summary>
    public IReadOnlyList<string> Companions { get; init; } = [];

    /// <summary>Directories in which interpreters of scripts are looked up.</summary>
    public IReadOnlyList<string> Interpreters { get; init; } = [];

    /// <summary>Programs that get variables by a script in their place.</summary>
    public IReadOnlyDictionary<string, ProgramWrapper> Wrappers { get; init; } =
        new Dictionary<string, ProgramWrapper>();

    /// <exception cref="DebianException">The text is no specification.</exception>
    public static PrefixSpecification Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(
                    json,
                    PrefixSpecificationJson.Default.PrefixSpecification
                ) ?? throw new DebianException("the specification is null");
        }
        catch (JsonException exception)
        {
            throw new DebianException(
                $"the specification cannot be read: {exception.Message}",
                exception
            );
        }
    }
}

/// <param name="From">A directory without <c>usr/</c>, or one file.</param>
/// <param name="To">Its name in the result.</param>
public sealed record DirectoryMove(string From, string To);

/// <summary>What linked files of one system are to name. Files of other systems are not touched by it.</summary>
/// <param name="System">As in <c>riscv64-linux</c>.</param>
/// <param name="Interpreter">The loader, an absolute path.</param>
/// <param name="RunPath">Directories of libraries.</param>
public sealed record SystemRelocation(
    string System,
    string Interpreter,
    IReadOnlyList<string> RunPath
);

/// <param name="Shell">The bash that runs the script, an absolute path.</param>
/// <param name="Variables">Name to a list separated by colons, which is put behind what the variable holds
/// already.</param>
public sealed record ProgramWrapper(string Shell, IReadOnlyDictionary<string, string> Variables);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(PrefixSpecification))]
internal sealed partial class PrefixSpecificationJson : JsonSerializerContext;
