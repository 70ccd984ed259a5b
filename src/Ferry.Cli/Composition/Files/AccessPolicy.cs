using Ferry.Evaluation;

namespace Ferry.Cli.Composition.Files;

/// <summary>Which files a program may look at. Thread-safe: evaluation widens it while it runs.</summary>
/// <param name="isPure">Decides the wording of a refusal.</param>
/// <param name="isOpen">True: everything is allowed.</param>
internal sealed class AccessPolicy(bool isPure, bool isOpen)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private volatile string[] _allowed = [];

    /// <summary>Everything may be looked at.</summary>
    public bool IsOpen => isOpen;

    /// <summary>Allows a path and everything below it.</summary>
    public void Allow(string path)
    {
        if (isOpen)
            return;
        lock (_gate)
        {
            if (_known.Add(path))
                _allowed = [.. _allowed, path];
        }
    }

    public bool IsAllowed(string path)
    {
        if (IsOpen)
            return true;
        foreach (var allowed in _allowed)
        {
            if (Contains(allowed, path) || Contains(path, allowed))
                return true;
        }

        return false;
    }

    /// <exception cref="EvaluationException">The path may not be looked at.</exception>
    public void Check(string path)
    {
        if (!IsAllowed(path))
        {
            throw EvaluationException.Failed(
                isPure
                    ? $"access to absolute path '{path}' is forbidden in pure evaluation mode (use '--impure' to override)"
                    : $"access to absolute path '{path}' is forbidden in restricted mode"
            );
        }
    }

    private static bool Contains(string directory, string path) =>
        directory.Length == 1
        || (
            path.StartsWith(directory, StringComparison.Ordinal)
            && (path.Length == directory.Length || path[directory.Length] == '/')
        );
}
