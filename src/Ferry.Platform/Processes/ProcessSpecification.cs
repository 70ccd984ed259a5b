using System.Runtime.InteropServices;

namespace Ferry.Platform.Processes;

/// <summary>An ordinary program of the host, such as git or apt.</summary>
public sealed record ProcessSpecification
{
    /// <summary>A path, or a name that is looked up in PATH.</summary>
    public required string Program { get; init; }

    /// <summary>Without <c>argv[0]</c>, which is <see cref="Program"/>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The complete environment; null: the caller's own.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Null: the caller's own.</summary>
    public string? WorkingDirectory { get; init; }

    public ProcessGroupKind Group { get; init; } = ProcessGroupKind.NewGroup;

    /// <summary>Descriptors of this process and their numbers in the child. Others are not inherited.</summary>
    internal IReadOnlyList<(SafeHandle Source, int Target)> Descriptors { get; init; } = [];

    /// <summary>When set, replaces <see cref="Arguments"/> and includes <c>argv[0]</c>.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>>? ArgumentBytes { get; init; }
}

public enum ProcessGroupKind
{
    /// <summary>In a group of its own, so that it and its children can be killed together; a terminal's Ctrl-C misses it.</summary>
    NewGroup,

    /// <summary>In a session of its own: no controlling terminal at all.</summary>
    NewSession,

    /// <summary>In the caller's group: it gets the terminal's signals and may read from it.</summary>
    Callers,
}
