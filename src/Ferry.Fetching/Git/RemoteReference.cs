namespace Ferry.Fetching.Git;

/// <summary>One line of what a server says of its branches and tags.</summary>
/// <param name="Target">A commit, or for a symbolic reference the name it stands for.</param>
/// <param name="Name">Null when the line has none.</param>
internal sealed record RemoteReference(string Target, string? Name)
{
    /// <summary>Parses <c>ref: refs/heads/main\tHEAD</c> or <c>REVISION\trefs/heads/main</c>.</summary>
    public static RemoteReference? TryParse(string line)
    {
        line = line.TrimEnd('\r');
        var text = line.StartsWith("ref: ", StringComparison.Ordinal) ? line[5..] : line;
        var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? null : new(parts[0], parts.Length > 1 ? parts[1] : null);
    }
}
