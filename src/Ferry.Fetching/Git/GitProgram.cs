using System.ComponentModel;
using Ferry.Platform.Processes;

namespace Ferry.Fetching.Git;

/// <summary>The program <c>git</c>, run the same whatever the caller's variables say of repositories.</summary>
internal sealed class GitProgram
{
    // These make git look at another repository than the one it is asked about.
    private static readonly string[] s_redirecting =
    [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
        "GIT_COMMON_DIR",
        "GIT_NAMESPACE",
        "GIT_PREFIX",
    ];

    private readonly Dictionary<string, string> _environment;
    private readonly CancellationToken _cancellationToken;

    public GitProgram(
        IReadOnlyDictionary<string, string> environment,
        CancellationToken cancellationToken
    )
    {
        _environment = new(environment, StringComparer.Ordinal);
        foreach (var name in s_redirecting)
            _environment.Remove(name);
        // Reading must not write the index of somebody's repository; messages are for parsing.
        _environment["GIT_OPTIONAL_LOCKS"] = "0";
        _environment["LC_ALL"] = "C";
        _environment["PATH"] = environment.GetValueOrDefault("PATH", "/usr/bin:/bin");
        _cancellationToken = cancellationToken;
    }

    /// <summary>Runs git and gives what it printed, success or not.</summary>
    public ProcessOutput Try(GitCall call)
    {
        try
        {
            return ProcessOutput.Run(Specify(call), call.Input, _cancellationToken);
        }
        catch (Win32Exception failure)
        {
            throw Missing(failure);
        }
    }

    /// <summary>Runs git, which must succeed.</summary>
    /// <returns>Standard output.</returns>
    /// <exception cref="FetchException">It failed; the message has what it said.</exception>
    public ProcessOutput Run(GitCall call)
    {
        var output = Try(call);
        return output.Exit.IsSuccess
            ? output
            : throw new FetchException(
                $"program 'git' {output.Exit}{(output.Error.Length > 0 ? $"\n{output.Error.TrimEnd()}" : "")}"
            );
    }

    public ProcessConversation Converse(GitCall call)
    {
        try
        {
            return ProcessConversation.Start(Specify(call));
        }
        catch (Win32Exception failure)
        {
            throw Missing(failure);
        }
    }

    private ProcessSpecification Specify(GitCall call)
    {
        List<string> arguments = [];
        if (call.Folder is { } folder)
            arguments.AddRange(["-C", folder]);
        if (call.IsBare)
            arguments.AddRange(["--git-dir", "."]);
        arguments.AddRange(call.Arguments);
        var environment = _environment;
        if (call.IndexFile is { } index)
            environment = new(_environment, StringComparer.Ordinal) { ["GIT_INDEX_FILE"] = index };
        return new ProcessSpecification
        {
            Program = "git",
            Arguments = arguments,
            Environment = environment,
            // A password may be asked for on the terminal.
            Group = ProcessGroupKind.Callers,
        };
    }

    private static FetchException Missing(Win32Exception failure) =>
        new($"cannot run 'git': {failure.Message}; install it and see that it is in PATH", failure);
}

/// <param name="Arguments">After the global ones.</param>
internal sealed record GitCall(params IReadOnlyList<string> Arguments)
{
    /// <summary>Where to run; null anywhere.</summary>
    public string? Folder { get; init; }

    /// <summary>The folder is the repository itself and has no working tree.</summary>
    public bool IsBare { get; init; }

    /// <summary>An index in place of the repository's own.</summary>
    public string? IndexFile { get; init; }

    public ReadOnlyMemory<byte> Input { get; init; }
}
